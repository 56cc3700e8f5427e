"""c_text.py — just enough of C to check house rules: what is comment, what is literal, where functions
begin and end. No preprocessor and no parser: the house's own layout is regular, and what this cannot
see the compiler sees."""
import bisect
import re

PIECE = re.compile(r'//[^\n]*|/\*.*?\*/|(?:u8|[LuU])?"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.M)
DIRECTIVE = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.M)
MACRO = re.compile(r'^[ \t]*#[ \t]*define[ \t]+(\w+)((?:[^\n]*\\\n)*[^\n]*)', re.M)
ATTRIBUTE = re.compile(r'__attribute__\s*\(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\)|\[\[[^\]]*\]\]')
BRANCH = re.compile(r'\b(?:if|for|while|case)\b|&&|\|\||\?')
CALL_BEFORE = re.compile(r'(\w+)\s*\(')
NO_FUNCTION = {"if", "for", "while", "switch", "return", "sizeof", "struct", "union", "enum"}


def blank(text):
    """The same number of characters and lines, all white."""
    return re.sub(r"[^\n]", " ", text)


class Function:
    def __init__(self, name, start, begin, end, is_static):
        self.name = name
        self.start = start  # offset of its head
        self.begin, self.end = begin, end  # offsets of { and }
        self.is_static = is_static


class CText:
    """A C file in layers of equal length: `code` has neither comments nor the inside of literals,
    `bare` has no preprocessor lines either."""

    def __init__(self, path, text):
        self.path, self.text = path, text
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]
        self.literals = []  # (offset, inside) of "…"
        self.comments = []  # (offset, text)
        self.code = PIECE.sub(self._take, text)
        self.bare = DIRECTIVE.sub(lambda m: blank(m.group()), self.code)
        self.functions = list(self._functions())

    def _take(self, m):
        piece = m.group()
        if piece.startswith("/"):
            self.comments.append((m.start(), piece))
            return blank(piece)
        if piece.startswith("'"):
            return "'" + " " * (len(piece) - 2) + "'"
        if self._is_include_line(m.start()):
            return piece
        quote = piece.index('"')
        self.literals.append((m.start(), piece[quote + 1 : -1]))
        return '"' + " " * (len(piece) - 2) + '"'

    def _is_include_line(self, at):
        begin = self.text.rfind("\n", 0, at) + 1
        return self.text[begin:at].lstrip().startswith("#") and "include" in self.text[begin:at]

    def line(self, offset):
        return bisect.bisect_right(self.starts, offset)

    def includes(self):
        return [(self.line(m.start(1)), m.group(1)) for m in INCLUDE.finditer(self.code)]

    def macros(self):
        """(name, body without comments) of every #define."""
        return [(m.group(1), m.group(2)) for m in MACRO.finditer(self.code)]

    def sentences(self):
        """Literals that stand side by side are one: (offset, text)."""
        joined = []
        end = -1
        for at, inside in self.literals:
            if joined and end >= 0 and not self.code[end:at].strip():
                joined[-1] = (joined[-1][0], joined[-1][1] + inside)
            else:
                joined.append((at, inside))
            end = self.text.index('"', at) + len(inside) + 2
        return joined

    def _functions(self):
        depth, head, begin, made = 0, 0, 0, None
        for m in re.finditer(r"[{};]", self.bare):
            c, at = m.group(), m.start()
            if c == "}" and self.text[at - 1 : at] == "\n":
                depth = 1  # a brace at a line's begin closes; #if branches may have opened two
            if c == "{":
                if depth == 0:
                    made, begin = self._head(head, at), at
                depth += 1
            elif c == "}":
                depth = max(0, depth - 1)
                if depth == 0:
                    if made:
                        yield Function(made[0], made[1], begin, at, made[2])
                        made = None
                        head = at + 1
            elif depth == 0:
                head = at + 1

    def _head(self, head, brace):
        """(name, offset, is_static) when the text before `{` is that of a function."""
        text = ATTRIBUTE.sub(lambda m: blank(m.group()), self.bare[head:brace])
        call = CALL_BEFORE.search(text)
        if not call or call.group(1) in NO_FUNCTION or "=" in text[: call.start()]:
            return None
        if not text.rstrip().endswith(")"):
            return None
        start = head + len(text) - len(text.lstrip())
        return call.group(1), start, "static" in text[: call.start()].split()

    def length(self, f):
        """Lines from the head to the closing brace."""
        return self.line(f.end) - self.line(f.start) + 1

    def complexity(self, f):
        return 1 + len(BRANCH.findall(self.bare[f.begin : f.end]))

    def comment_lines(self):
        """(lines with comment, lines that are not blank)."""
        of_comment = set()
        for at, piece in self.comments:
            of_comment.update(range(self.line(at), self.line(at + len(piece) - 1) + 1))
        filled = sum(1 for line in self.text.split("\n") if line.strip())
        return len(of_comment), filled
