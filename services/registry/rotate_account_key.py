"""Change the key that seals the secrets of accounts: changes the key file of the data folder.

    python -m services.registry.rotate_account_key add    # then restart: everything is sealed anew
    python -m services.registry.rotate_account_key prune  # then restart: only the new key is left

Keys from a secret store (QUZHONG_ACCOUNT_KEYS) are changed there: append one, restart, take the first away.
"""

from __future__ import annotations

import argparse
import sys

from kit.errors import InvalidArgumentError
from services.registry.adapters import account_keys
from services.registry.settings import RegistrySettings


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=("add", "prune"))
    given = parser.parse_args(arguments)
    path = RegistrySettings().account_key_file
    try:
        if given.command == "add":
            print(f"{path} has {account_keys.add(path)} keys; restart the registry, then prune")
        else:
            account_keys.keep_last(path)
            print(f"{path} has its last key only; destroy the others in its backups too")
    except (InvalidArgumentError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
