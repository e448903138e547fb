"""What every check of a tool gave, and the table of it."""

import subprocess
import textwrap
import traceback


class Table:
    """Counts what each tool accepted and refused, and remembers every surprise."""

    def __init__(self):
        self.rows = {}
        self.surprises = []

    def tool(self, name, version):
        return Tool(self, name, version)

    def print(self):
        lines = [("tool", "version", "accepted", "refused")]
        for (name, version), (accepted, refused) in self.rows.items():
            lines.append((name, version, str(len(accepted)), str(len(refused))))
        widths = [max(len(line[column]) for line in lines) for column in range(4)]
        for line in lines:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
        for (name, version), (accepted, refused) in self.rows.items():
            print(f"\n{name} {version}")
            for word, checks in (("accepts", accepted), ("refuses", refused)):
                print(textwrap.fill("; ".join(checks), 110, initial_indent=f"  {word}  ", subsequent_indent=" " * 11))
        print()
        for surprise in self.surprises:
            print(f"SURPRISE: {surprise}")
        refused = sum(len(row[1]) for row in self.rows.values())
        accepted = sum(len(row[0]) for row in self.rows.values())
        print(f"{len(self.rows)} tools, {accepted} accepted, {refused} tampered variants refused, "
              f"{len(self.surprises)} surprises")


class Tool:
    """One tool; a check is a function that raises, or gives False, when the tool refuses."""

    def __init__(self, table, name, version):
        self.table = table
        self.name = name
        self.row = table.rows.setdefault((name, version), ([], []))

    def accepts(self, what, check):
        accepted, reason = self._try(check)
        if accepted:
            self.row[0].append(what)
        else:
            self.table.surprises.append(f"{self.name} refuses: {what}: {reason}")

    def refuses(self, what, check):
        accepted, reason = self._try(check)
        # A mistake in the check itself must not count as a refusal.
        if accepted or isinstance(reason, (NameError, AttributeError, ImportError, FileNotFoundError)):
            self.table.surprises.append(f"{self.name} does not refuse: {what}: {reason}")
        else:
            self.row[1].append(what)

    @staticmethod
    def _try(check):
        try:
            return check() is not False, "it said no"
        except Exception as error:  # noqa: BLE001: every refusal of a tool is some exception
            if isinstance(error, (NameError, AttributeError, ImportError)):
                traceback.print_exc()
            return False, error


def run(*command, **options):
    """Runs a program; gives whether its status is 0."""
    return subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def succeeds(*command, **options):
    return run(*command, **options).returncode == 0
