"""The HTTP twin of the read RPCs and of the replies to notices, for programs that have no gRPC.

Routes lie under ``/api/v1``, a file per subject; ``answers/`` has what they answer. They call what the pages
call: the services decide what a reader may see, and errors are answered by ``problems.py``.
"""
