"""The statistics of the algorithm audit: pure functions of arrays, no I/O, no clock, no chance.

Read in this order:

| file            | what it holds                                                                  |
|-----------------|--------------------------------------------------------------------------------|
| metrics.py      | what is measured, in which unit, and which side of a threshold is strict       |
| bands.py        | distance bands, as data                                                        |
| thresholds.py   | what a platform declared, and which declaration is in force                    |
| orders.py       | dispatch events → one row per (platform, order, worker)                        |
| params.py       | everything that is declared rather than measured                               |
| baseline.py     | quantiles, attainment, strictness, the middle                                  |
| intervals.py    | distribution-free intervals that know orders of one worker are alike           |
| feasibility.py  | the shortest time the law and a human body allow                               |
| verdict.py      | where a threshold stands                                                       |
| privacy.py      | which cells may leave the service                                              |
| histogram.py    | the chart, with bins no narrower than privacy allows                           |
| summary.py      | P10/P50/P90 of any file of durations                                           |
| cells.py        | the safe reference, counted by platform × area × band                          |
| reference.py    | whose orders judge whose threshold                                             |
| cohorts.py      | the reference and baseline of each cohort                                      |
| audit.py        | all of it together                                                             |
"""
