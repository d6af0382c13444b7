"""What stands in a company's name for its legal form, and not for which company it is.

The forms are those of ISO 20275, the list of entity legal forms, that companies write into their names, by what is
written: https://www.gleif.org/en/code-lists/iso-20275-entity-legal-forms-code-list.  No library that is still kept has
them all.  Case, accents and points are gone, since names are compared without them; forms that say the same in other
words stand in one row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_FORMS = """
ab, aktiebolag, ab publ, publ
ad, aktsionerno druzhestvo, akcionarsko drustvo
ag, aktiengesellschaft
aktb
aps, anpartsselskab
as, asa, a s, aktieselskab, aksjeselskap, allmennaksjeselskap
as, aktsiaselts
asbl
ae, anonymi etaireia
bhd, berhad, sdn bhd, sendirian berhad
bt
bv, bvba, bv bvba, besloten vennootschap
ca, compania anonima
cjsc, zao, zat, closed joint stock company
co, company, cie, compagnie, cia, companhia, compania
co ltd, company limited, coltd
corp, corporation
cv
doo, d o o
dba
dmcc
ead, eood, ood
eeig
eg, eingetragene genossenschaft
eirl
ek, e k, eingetragener kaufmann
ev, e v
eurl
fze, fz llc, fzc, fzco, fz co
gbr
gie
gmbh, gesellschaft mit beschrankter haftung, gesmbh, ges mbh, ggmbh, mbh
gmbh and co kg, gmbh co kg, gmbh and co kgaa
ag and co kg, se and co kg, se and co kgaa, ag and co kgaa
hb, handelsbolag
hf, ehf
inc, incorporated
ike, epe
jsc, joint stock company, ao, at
jdoo
kb, kommanditbolag
kft, korlatolt felelossegu tarsasag
kd, kda
kg, kommanditgesellschaft
kgaa
kk, kabushiki kaisha, kabushikikaisha, 株式会社, (株)
ky, kommandiittiyhtio
godo kaisha, 合同会社
yk, yugen kaisha, 有限会社, (有)
ks, k s, komanditni spolecnost
lda, ltda, limitada, sociedade limitada, lda unipessoal
llc, l l c, limited liability company, limited liability co, ltd liability co
llp, limited liability partnership
lllp
lp, limited partnership
ltd, limited, ltee, limitee
mb, mazoji bendrija
nv, naamloze vennootschap
nyrt, zrt, rt
oao, open joint stock company, ojsc
oe, ee
ohg
ooo, tov, obshchestvo s ogranichennoi otvetstvennostyu, ооо, тов
ао
зао
пао
оао
тоо, too
оод, еоод, ад, еад, доо
ou, osauhing
oy, oyj, osakeyhtio, oy ab, oyj abp, abp
pao, pjsc, public joint stock company
plc, public limited company, public limited co
pc, professional corporation
pllc
psc
pt, perseroan terbatas, pt tbk, tbk
pte ltd, pte, private limited, pte limited, private ltd, pvt ltd, pvt limited, pvt
pty ltd, pty, proprietary limited, pty limited, proprietary ltd
qfc, wll, w l l, bsc, kscc, saog, saoc
sa, s a, sociedad anonima, societe anonyme, sociedade anonima, societate pe actiuni
sa de cv, sapi de cv, sab de cv, s de rl de cv, s de rl, sociedad anonima de capital variable
sal, sarl au
sarl, s a r l, societe a responsabilite limitee, sarlu
sas, sasu, societe par actions simplifiee, sociedad por acciones simplificada
sau, slu, sociedad limitada unipersonal
scs, sca, snc, sc, scrl, scoop, sccl, scop, sci
se, societas europaea
sia
sl, s l, sociedad limitada, sociedad de responsabilidad limitada
spa, s p a, societa per azioni, sociedad por acciones
spj, sp j, spk, sp k, sp zoo sp k, sp z oo sp k
spol sro, spol s ro, spol s r o, sro, s r o, spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym
sp zoo, sp z oo, sp z o o, spolka z ograniczona odpowiedzialnoscia, spolka zoo, spolka z oo
srl, s r l, societa a responsabilita limitata, societate cu raspundere limitata, srls, srl de cv
ssa, spolka akcyjna, psa
sti, ltd sti, limited sirketi, as sti, anonim sirketi
tmi, toiminimi
uab, uzdaroji akcine bendrove
ug, ug haftungsbeschrankt, unternehmergesellschaft, ug and co kg
ulc, unlimited company
vof
vzw
有限公司, 有限责任公司, 有限責任公司, 股份有限公司, 集团有限公司, 集團有限公司
주식회사, (주), 유한회사
"""

_LEADING = """
ooo, oao, zao, pao, tov, ооо, ао, зао, пао, оао, тов, тоо, too, pt, cv, sia, uab, mb, llc, jsc, pjsc, ojsc, cjsc, m s,
sc, societe anonyme, 株式会社, (株), 有限会社, (有), 合同会社, 주식회사, (주), 유한회사
"""
"""Those that stand in front of the name where they are used; M/s is India's Messrs."""

_COMMON = "group, holding, holdings, gruppe, groupe, grupo, gruppo, the"
"""What tells two companies of one house apart, or nothing at all."""


_MARKS = re.compile(r"[™℠®©]|\((?:TM|SM|R)\)")
"""What says that a name is protected, and would else be letters of it."""

_VOICED = "\u3099\u309a"
"""The marks that make another syllable of a Japanese one."""


def folded(text: str) -> str:
    """Text without case, accents, and points and apostrophes inside words; an ampersand is a word."""
    text = _MARKS.sub(" ", text).replace("&", " and ")
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        kept = "".join(char for char in decomposed if not unicodedata.combining(char) or char in _VOICED)
        text = unicodedata.normalize("NFC", kept)
    return re.sub(r"(?<=\w)[.'’](?=\w)", "", text.casefold())


def _listed(text: str) -> list[str]:
    return [" ".join(form.split()) for form in text.replace("\n", ",").split(",") if form.strip()]


_ROWS = [_listed(row) for row in _FORMS.strip().splitlines()]
_FORM: Mapping[str, str] = {folded(form): row[0] for row in reversed(_ROWS) for form in row}
"""What each way to write a form stands for."""

_FRONT = frozenset(map(folded, _listed(_LEADING)))
_WEAK = frozenset(_listed(_COMMON))
_JOINED = tuple(sorted((form for form in _FORM if not form[-1].isascii() or form[0] == "("), key=len, reverse=True))
"""Those that stand in front of a name, or behind it, without a space."""
_MOST_WORDS = max(form.count(" ") for form in _FORM) + 1


def words(text: str) -> list[str]:
    """The words of a name, as they are compared; a form that is written without a space is one of its own."""
    text = folded(text)
    for form in _JOINED:
        if text != form and form in text:
            text = text.removesuffix(form) + f" {form}" if text.endswith(form) else text
            text = f"{form} " + text.removeprefix(form) if text.startswith(form) else text
    return re.findall(r"\([株有주]\)|[^\W_]+", text)


def without_forms(name: Sequence[str]) -> tuple[list[str], str]:
    """The words of a name without the legal forms at its ends, and those forms; one word is always left."""
    rest, forms = list(name), []
    if len(rest) > 1 and rest[0] == "the":
        del rest[0]
    while size := _behind(rest):
        forms.append(_form(rest[-size:]))
        del rest[-size:]
    while size := _in_front(rest):
        forms.append(_form(rest[:size]) or " ".join(rest[:size]))
        del rest[:size]
    return rest, " ".join(sorted({*forms}))


def bare(name: Sequence[str]) -> list[str]:
    """The words of a name, from which `without_forms` has taken the forms, without whatever else at its ends may be one
    or is common, such as Holding.
    """
    rest = list(name)
    while True:
        if len(rest) > 1 and rest[-1] in _WEAK:
            del rest[-1]
        elif len(rest) > 1 and rest[1] != "and" and (rest[0] in _WEAK or _form(rest[:1])):
            del rest[0]
        elif size := _behind(rest):
            del rest[-size:]
        else:
            return rest


def _form(part: Sequence[str]) -> str:
    return _FORM.get(" ".join(part), "")


def _behind(rest: Sequence[str]) -> int:
    """How many words at the end are a legal form; the most that can be."""
    most = min(_MOST_WORDS, len(rest) - 1)
    return next((size for size in range(most, 0, -1) if _form(rest[-size:])), 0)


def _in_front(rest: Sequence[str]) -> int:
    most = min(2, len(rest) - 1)
    return next((size for size in range(most, 0, -1) if " ".join(rest[:size]) in _FRONT), 0)
