// Package quzhong hands in work-session and dispatch events of platform work to Quzhong (取中), and hears what became
// of each.
//
// [Client] sends rows in the background, in batches, and loses none. [DispatchRow] and [WorkSessionRow] are what it
// takes; their methods Correct and Delete make the rows that replace them. [ObliviousPseudonymiser] turns who a worker
// is into a pseudonym, with a key that the registry keeps and without telling it. [WatchAdvisories] says what to do for
// whom, before a limit is passed. The packages below api/ have the generated code of every service.
//
// It does what the Python package of the same name does; sdk/vectors holds the two together.
package quzhong
