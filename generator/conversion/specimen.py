"""A page that has every mark which is converted here."""

from __future__ import annotations

SPECIMEN = """\
# The *page* of Ada &#38; partners

A *question* of **ours**&#63; *See* [there](<../a/b.md?c=d&amp;e=f#g>), [here](#part-one) and [that `word`](c.md).
{: .pb-question #asked }

<span class="chip chip--active">active</span> [A VAR](<x.md>){: .pb-mode }, a VAR&#45;like thing and "another"
in a second line; **[both](<y.md>){: .pb-function }** of them (a Cloud Reseller, too): `2 & <b>`.

![](<../logos/a-b.svg>){: .pb-logo width="52" height="52" } *so*, ![](<c.png>)
{: data-mono="AB" }

## In [Sales](<sales.md>) { #part-one data-search-exclude .pb-part }

| Type | Managed by | Number | Why |
| :--- | --- | ---: | :---: |
| [VAR](<v.md>){: .pb-mode } | **One** `x` | 2 | |
| a {: .pb-cell } | <span class="missing">none&#44; VAR</span> | 1 { .pb-sum } |  *so*  |

- **Owner:** [Ada](<p.md#ada>), [ada&#64;example](<mailto:ada@example.org>)
- **Offers:** **[some](<o.md>)**{ #offers } in
  two lines
- and a last one
{: .pb-say .pb-say--may }
    - below it
    - and **more** of it
    {: #deep }

<figure class="pb-picture" data-search-exclude>
<svg id="drawn"><title>A &#38; VAR</title>

</svg>
</figure>

/// html | div.pb-side

### Level *three*

- **2026** a day
{: .pb-day style="--pb-from:7%;--pb-long:12.5%" }

///

### Level three

## Part one

*[VAR]: A *reseller* &#38; "more" <than> that
*[Cloud Reseller]: Resells
"""
"""Every mark that is converted here: whoever makes the same of it makes the same of our pages."""
