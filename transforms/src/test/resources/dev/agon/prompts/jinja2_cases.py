"""Writes jinja2-cases.json: templates, their variables (where not the common ones), and what Jinja2 for Python makes of them.

Run with Jinja2 installed when cases are added: python3 jinja2_cases.py > jinja2-cases.json
"""

import json

from jinja2 import StrictUndefined, Template

OBSERVATION = """\
{% if output.exception_info -%}
<exception>{{output.exception_info}}</exception>
{% endif -%}
<code>{{output.returncode}}</code>
{% if output.output | length < 100 -%}
<output>
{{ output.output -}}
</output>
{%- else -%}
<note>cut</note>
{%- set cut_chars = output.output | length - 100 -%}
<head>
{{ output.output[:50] }}
</head>
<cut>{{ cut_chars }} characters</cut>
<tail>
{{ output.output[-50:] }}
</tail>
{%- endif -%}
"""
AS_JSON = """\
{%- if output.output | length < 100 -%}
{
  "returncode": {{ output.returncode }},
  "output": {{ output.output | tojson }}
  {%- if output.exception_info %}, "exception_info": {{ output.exception_info | tojson }}{% endif %}
}
{%- else -%}
{"head": {{ output.output[:50] | tojson }}, "tail": {{ output.output[-50:] | tojson }}}
{%- endif -%}
"""
FORMAT_ERROR = """\
{% if finish_reason is defined and (finish_reason == "length" or not actions) -%}
cut off ({{ finish_reason }})
{%- else -%}
<error>
{{error}}
</error> found {{actions|length}}.
{%- endif %}
"""
OUTPUTS = ["hello\nworld\n", "", "abc", "\n\n  x\n", "a" * 99, "b" * 100, "c" * 101, "日本語😀" * 30, "é😀\n",
           "{{ 7*7 }} {% if x %} {# c #} {{ output.output }} & <b> \"q\" 'a' \\ \t"]
VALUES = dict(x="abcdefghij", n=7, f=2.5, l=["a", "b", "c"], m={"k": "v", "j": 2}, lines="one two\n  three\n\nfour\n",
              html="<a href=\"x\">&'b'</a>", yes=True, no=False, nothing=None, uni="é😀ab", blank="", tiny=0.00042,
              small=0.00001, large=1e20, text="{{ x }}")
EXPRESSIONS = """
x[:3]; x[-3:]; x[2:5]; x[:-3]; x[:]; x[3:]; x[-100:]; x[:100]; x[5:2]; x[0]; x[-1]; x[n]; x[n - 1]; x[2:][:2]; x[99]; l[9]
x|length; x|length - 3; x | length < 10; (x|length - 3)*2; x|upper; x|trim; x|capitalize; x|string|length; x ~ n; (x ~ x)[:12]
x|default('d'); undefined|default('d'); undefined|default('d', true); blank|default('d'); blank|default('d', true)
nothing|default('d'); undefined is defined; x is defined; x is not defined; undefined is not defined; not undefined is defined
not x is string; not x == 'a'; not n > 9; not n in l; not x is defined and yes; not (x is string); not not x
not x|length > 3; -n|abs; n is odd and not n is even; not x; x and 'b'; blank and 'b'; x or 'b'; blank or 'b'; 'yes' if n > 3 else 'no'; n == 7 and f == 2.5 or no; nothing is none
n + 1; n / 2; n // 2; n % 4; n ** 2; -n; -7; n * 1.5; f; f + 1; 1.0 * n; 1/3; 3.0; 1e3; 1e16; large; tiny; small; n|float
n|abs; (-n)|abs; '5'|int + 1; x|int; yes; no; nothing; none; true; True; False; None; n != 7; n > 3 and f < 10
[1,2,3]; l; m; [x, none, true, 1.5]; {'a': 1}; ["it's", 'a\\nb']; m.k; m['k']; m.get('k'); m.get('zz', 3); l[0]; l[-1]; l[1:]
l[-2:]|join(','); l|join(', '); [x, n]|join('-'); l|length; l|last; l|reverse|list; l|sort|join; l|unique|join; l + ['z']
l|map('upper')|list; l|select('equalto', 'a')|list; l|reject('equalto', 'a')|join; 'b' in l; 'z' not in l; 'abc' in x; range(3)|list
x|replace('a', 'Z'); lines|indent(2); lines|indent(2, true); lines|title; lines|wordcount; lines|length; '%s-%d'|format(x, n)
html; html|safe; html|tojson; lines|tojson; l|tojson; m|tojson; nothing|tojson; uni; uni|length; uni[:2]; uni[-2:]; uni[1]; uni|tojson
n is number; x is string; l is iterable; m is mapping; n is divisibleby 7; n is odd; text; text|upper; text ~ text; text|trim
undefined ~ 'a'; undefined + 1; undefined == 'a'; undefined|trim; undefined|join; undefined|tojson; m.missing ~ 'a'; m.missing == 'a'
l[9] ~ 'a'; l[9]|trim; m.missing|length; m.missing|default('d'); m.missing is defined; m['missing']|d('e'); l[9]|default('d')
undefined.a|default('d'); undefined|default(also_undefined); undefined if yes else 1; undefined and x; x[99]|default('d')
undefined; m.missing; m['missing']; x.missing; undefined.a; x|nofilter; x|length > 3 and l[0] == 'a'; '\\n'; "q'q"; 'a' ~ 'b' ~ 1
"""
TEMPLATES = [
    "a\n", "a\n\n", "a", "", "\n", "{{ x }}\n", "{% if x %}\nyes\n{% endif %}\n", "  {% if x %}\n  yes\n  {% endif %}\nend",
    "{%- if x -%}\n yes \n{%- endif -%}\n z", "a {# comment #} b", "a {#- c -#} b", "{# two\nlines {{ x }} #}after",
    "{% for i in l %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}",
    "{% for i in l %}{{ loop.index0 }}{{ loop.first }}{{ loop.length }}{% endfor %}", "{% for i in [] %}x{% endfor %}",
    "{% for k, v in m.items() %}{{k}}={{v}};{% endfor %}", "{% for k in m %}{{k}};{% endfor %}",
    "{% for i in range(3) %}{{ i }}{% endfor %}", "{% for a in l %}{% for c in l %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for i in l -%}\n  {{ i }}\n{% endfor %}", "{% for i in l %}\n- {{ i }}\n{%- endfor %}", "{% for i in [text] %}{{ i }}{% endfor %}",
    "{% set a = 1 %}{{ a }}", "{% set a %}block{% endset %}{{ a }}", "{% set q = text %}{{ q }}", "{% set y = x|upper -%}\n{{ y }}",
    "{% set c = 0 %}{% for i in l %}{% set c = c + 1 %}{% endfor %}{{ c }}",
    "{% set ns = namespace(c=0) %}{% for i in l %}{% set ns.c = ns.c + 1 %}{% endfor %}{{ ns.c }}",
    "{% raw %}{{ x }}{% endraw %}", "{%raw%}a{%endraw%}", "{% if n > 3 %}a{% elif n > 2 %}b{% else %}c{% endif %}",
    "{% if n > 9 %}a{% elif n > 2 %}b{% else %}c{% endif %}", "{%if n%}x{%endif%}", "{{x}}{{n}}", "{{- x -}} b", "a {{- x -}} b",
    "{% macro g(a, b=2) %}[{{a}}{{b}}]{% endmacro %}{{ g(1) }}{{ g(1, 3) }}{{ g(a=4) }}", "{% if nothing %}y{% else %}n{% endif %}",
    "{% if nothing is none %}y{% endif %}", "{% if undefined %}x{% endif %}", "{% for i in undefined %}x{% endfor %}",
    "{% if undefined is defined and undefined %}x{% endif %}", "{% if m.missing %}x{% endif %}", "{% if x %}", "{{ x", "{% foo %}",
    "{{ }}", "{% endif %}", "{{ 'a }}' }}", "{{ '}}' }}{{ \"%}\" }}", "{{ '{{ x }}' }}", "{ {x} }", "{%+ if x %}y{% endif %}",
    "a\n  {%+ if x %}y{% endif %}", "json: {\"a\": {{ n }}}", "{{ x }}}", "${x} #{x} %} }}", "#!/bin/sh # x\n## y",
    "\r\na\r\n{{ x }}\r\n", "\t{{ x }}\t\n", "a\n   {%- if x %} b{% endif -%}   \n\n c", "{% if x -%} y {% else -%} n {%- endif %}.",
    "{% if text == '{{ x }}' %}same{% endif %}", "{{ x }} \\{{ x }}", "{% include 'f' %}", "{% do l.append(1) %}",
]
# Jinja2 takes these; here they are errors.
UNSUPPORTED = [
    "{{ x[::2] }}", "{{ f|round }}", "{{ x|first }}", "{{ x.startswith('ab') }}", "{{ 2 < n < 9 }}", "{{ x+1 if no else 2 }}",
    "{% for i in l %}{{ i }}{% else %}none{% endfor %}", "{% for i in l if i != 'b' %}{{i}}{% endfor %}",
    "{% filter upper %}abc{% endfilter %}", "{% with a=1 %}{{a}}{% endwith %}", "{% block b %}x{% endblock %}",
]

cases = []


def case(template, values):
    entry = {"template": template}
    if values is not VALUES:
        entry["values"] = values
    try:
        entry["text"] = Template(template, undefined=StrictUndefined).render(values)
    except Exception as error:
        entry["error"] = type(error).__name__
    cases.append(entry)


for output in OUTPUTS:
    for returncode, exception_info in ((0, ""), (-1, "timed out")):
        shown = {"output": {"output": output, "returncode": returncode, "exception_info": exception_info}}
        case(OBSERVATION, shown)
        case(AS_JSON, shown)
case(FORMAT_ERROR, {"actions": ["a", "b"], "error": "two"})
case(FORMAT_ERROR, {"actions": [], "error": "none", "finish_reason": "length"})
for expression in EXPRESSIONS.replace("\n", ";").split(";"):
    if expression.strip():
        case("{{ " + expression.strip() + " }}", VALUES)
for template in TEMPLATES:
    case(template, VALUES)
for template in UNSUPPORTED:
    Template(template, undefined=StrictUndefined).render(VALUES)
    cases.append({"template": template, "error": "unsupported"})
print('{"values": ' + json.dumps(VALUES) + ', "cases": [\n' + ",\n".join(json.dumps(entry) for entry in cases) + "\n]}")
