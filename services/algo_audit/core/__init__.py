"""The statistics of the algorithm audit: pure functions of arrays, no I/O, no clock, no chance.

Read in this order:

| file                                   | what it holds                                                    |
|----------------------------------------|------------------------------------------------------------------|
| metrics, cohort_keys, bands            | what is measured, and what cohorts are cut by, as data           |
| thresholds                             | what a platform declared, and which declaration is in force      |
| params, feasibility                    | what is declared rather than measured; the floor                 |
| orders (order_events)                  | dispatch events → one row per (platform, order, worker)          |
| worker_days, over_hours                | hours online and worked; who was over their hours                |
| observations, measures (order_, worker_| the one table that all statistics read, and the formula of each  |
| measures, worker_rows, measure_context)| metric that fills it                                             |
| baseline, kaplan_meier                 | quantiles, attainment, the middle; orders not seen to their end  |
| intervals, discovery, verdict          | how sure one may be, and what is said                            |
| cohort_tree, cutting, privacy          | cohorts along one tree, and which of them may leave the service  |
| (combinations, tally)                  | (what occurs in columns, and who has how many rows where)        |
| reference, cohorts, histogram          | whose orders judge whose threshold; the baseline of each cohort  |
| audit, what_if                         | all of it together; any other threshold                          |
| ratchet, applied, parity, pay          | what else platforms are charged with (declared, group_figures,   |
| (minimum_wage, report)                 | excess, groups, service_band serve them)                         |
| findings (evidence, threshold_rules,   | what an audit says to the topic, and how it follows the last one |
| charge_rules)                          |                                                                  |
| consultation, proposal, appeal         | what may follow what, who may do it (refused, free_text)         |
| pack (pack_*)                          | the document on the table                                        |
"""
