"""What a user might pick instead of workhours, each as a script that ``bench.workhours_peers`` runs.

They run in an environment of their own (``requirements/bench.txt``), so they import nothing of the project
but this package.
"""
