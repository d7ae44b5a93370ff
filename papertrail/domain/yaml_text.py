"""Values as front matter holds them."""

import re

_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def yaml_string(text: str) -> str:
    """Return `text` as a YAML string in double quotes.

    Every value is quoted, since `yes`, `1e3` and `1512.03380` are strings to some YAML readers only. JSON's
    escapes are YAML's as well.
    """
    import json

    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
