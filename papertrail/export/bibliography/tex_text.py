"""Text for TeX: every sign that TeX acts upon is one that is printed; formulas stay if they are harmless."""

import re

_SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # a brace counts for BibTeX also behind a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "–": "--",
        "—": "---",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_FORMULA = re.compile(r"(?<!\\)\$[^$]+(?<!\\)\$")
_COMMAND = re.compile(r"\\([A-Za-z@]+)")
_HARMLESS = re.compile(
    r"(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho"
    r"|sigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
    r"|infty|times|cdot|cdots|ldots|dots|pm|mp|le|leq|ge|geq|ne|neq|approx|sim|simeq|equiv|propto|ll|gg|in|ni"
    r"|notin|subset|subseteq|cup|cap|setminus|emptyset|forall|exists|neg|to|rightarrow|leftarrow|Rightarrow"
    r"|leftrightarrow|mapsto|partial|nabla|sum|prod|int|sqrt|frac|tfrac|dfrac|binom|left|right|langle|rangle"
    r"|lfloor|rfloor|lceil|rceil|log|ln|exp|sin|cos|tan|min|max|arg|argmin|argmax|sup|inf|lim|det|dim|Pr"
    r"|mathbb|mathbf|mathcal|mathrm|mathit|mathsf|boldsymbol|bm|text|textrm|hat|bar|tilde|vec|dot|ddot"
    r"|overline|underline|widehat|widetilde|star|ast|circ|bullet|oplus|otimes|odot|dagger|ell|hbar|quad|qquad"
    r"|prime|mid|parallel|perp|top|bot|operatorname)"
)


def tex(text: str) -> str:
    """Return a line of text as TeX prints it; formulas between dollar signs stay where TeX only sets them."""
    parts, end = [], 0
    for formula in _FORMULA.finditer(text):
        if _is_harmless(formula[0]):
            parts += [_escaped(text[end : formula.start()]), formula[0]]
            end = formula.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return text.translate(_SIGNS)


def _is_harmless(formula: str) -> bool:
    r"""Whether a formula's braces pair and its commands set signs: none reads, writes or defines anything."""
    if "^^" in formula or "%" in formula or "#" in formula:
        return False
    depth = 0
    for sign in re.sub(r"\\[{}]", "", formula):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and all(_HARMLESS.fullmatch(command) for command in _COMMAND.findall(formula))
