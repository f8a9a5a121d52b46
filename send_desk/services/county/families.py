"""A child of the made-up county with those around the child, and the words that fill sentences about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from send_desk.domain.case import Setting
from send_desk.domain.dates import MONTHS, age_on
from send_desk.domain.ids import PersonKind
from send_desk.domain.person import HE, SHE, THEY, Child, Person, Pronouns
from send_desk.domain.year_group import LAST_YEAR, year_words

from .chance import identity, landline, mobile, nhs_number, postcode, uln, upn
from .places import Establishment, authority_of, email_of
from .stock import Stock

Voice = Mapping[str, str]
"""What stands for {name}, {he}, {parent} and the like in the sentences of one case."""

LANGUAGES = ("English", "English", "English", "English", "Polish", "Panjabi", "Urdu", "Arabic", "Welsh", "Ukrainian")
OLDEST_YEAR = 18


@dataclass(frozen=True)
class Family:
    """A child, the people round the child, the setting, and how to speak of them all."""

    child: Child
    age: int
    year: int
    people: tuple[Person, ...]
    setting: Setting
    previous: tuple[Setting, ...]
    voice: Voice

    @property
    def young_person(self) -> bool:
        """Whether the young person's own views stand first (over compulsory school age, roughly)."""
        return self.age >= 16


@dataclass(frozen=True, slots=True)
class Wish:
    """What a story asks of its family; None leaves it to chance."""

    years: tuple[int, int] = (-1, 15)
    sensory: bool = False
    confidential: bool = False
    at_home: bool = False
    name: tuple[str, str, str] | None = None
    pronouns: Pronouns | None = None


def academic_year(today: date) -> int:
    """Return the calendar year in which the running school year began."""
    return today.year if today.month >= 9 else today.year - 1


def make_family(stock: Stock, schools: tuple[Establishment, ...], random: Random, today: date, *, wish: Wish) -> Family:
    """Make a child of a year group that the wish allows, with the people, the setting and the voice of the case."""
    year = random.choices(
        range(wish.years[0], wish.years[1] + 1),
        [_weight(year) for year in range(wish.years[0], wish.years[1] + 1)],
    )[0]
    born = date(academic_year(today) - 5 - year, 9, 1).toordinal() + random.randrange(364)
    child = _child(stock, random, date.fromordinal(born), year, today, wish)
    setting, previous = _settings(schools, random, year, today)
    people = tuple(_people(stock, random, child, mother=wish.at_home))
    age = age_on(date.fromordinal(born), today)
    voice = _voice(child, people, setting, year, stock, random)
    return Family(child, age, year, people, setting, previous, voice)


def fill(words: str, voice: Voice) -> str:
    """Fill a sentence with the names and pronouns of a case, its first letter a capital."""
    filled = words.format_map(voice).replace("A early", "An early").replace("pupils", voice["pupils"])
    return filled[:1].upper() + filled[1:]


def _weight(year: int) -> int:
    return 3 if year < 0 else 8 if year < 7 else 7 if year < 12 else 3


def _child(stock: Stock, random: Random, born: date, year: int, today: date, wish: Wish) -> Child:
    pronouns = wish.pronouns or random.choices((HE, SHE, THEY), (48, 46, 6))[0]
    names = stock.names
    pool = {HE.subject: names.boys, SHE.subject: names.girls}.get(pronouns.subject, names.either)
    first, surname, known_as = random.choice(pool), random.choice(names.surnames), ""
    if random.random() < 0.25:
        first = f"{first} {random.choice(names.middle)}"
    if random.random() < 0.1:
        known_as = random.choice([name for name in names.either if name not in first])
    if wish.name:
        first, surname, known_as = wish.name
    street = f"{random.randint(1, 88)} {random.choice(stock.places['streets'])}"
    language = "English" if wish.at_home else random.choice(LANGUAGES)
    return Child(
        first_names=first,
        surname=surname,
        date_of_birth=born,
        known_as=known_as,
        pronouns=pronouns,
        year_group=year_words(year) if year <= LAST_YEAR else "",
        upn=upn(random, authority_of(stock).code) if year >= 0 else "",
        uln=uln(random) if year >= 10 else "",
        nhs_number=nhs_number(random),
        address=f"{street}, {random.choice(stock.places['towns'])}",
        postcode=postcode(random),
        address_confidential=wish.confidential,
        first_language=language,
        interpreter="" if language in ("English", "Welsh") or random.random() < 0.5 else f"{language} interpreter",
        communication=random.choice(("speech", "speech", "speech and pictures", "speech and signs", "short sentences")),
        looked_after=random.random() < 0.06 and not wish.at_home,
        sensory_impairment=wish.sensory,
    )


def _settings(
    schools: tuple[Establishment, ...], random: Random, year: int, today: date
) -> tuple[Setting, tuple[Setting, ...]]:
    able = [one for one in schools if one.lowest <= min(year, OLDEST_YEAR) <= one.highest and one.status == "Open"]
    able = [one for one in able if one.phase != "Special"] if random.random() < 0.75 else able
    school = random.choice(able)
    began = max(school.lowest, -1 if year < 0 else 0)
    since = date(academic_year(today) - (min(year, OLDEST_YEAR) - began), 9, 4)
    before = [one for one in schools if one.highest < began and one.highest >= began - 3 and one.phase != "Special"]
    previous: tuple[Setting, ...] = ()
    if before:
        old = random.choice(before)
        old_since = date(since.year - (old.highest - max(old.lowest, -1) + 1), 9, 4)
        previous = (Setting(old.name, old.urn, old.type, old_since, date(since.year, 7, 21)),)
    return Setting(school.name, school.urn, school.type, since), previous


def _people(stock: Stock, random: Random, child: Child, *, mother: bool) -> list[Person]:
    names = stock.names
    if child.looked_after:
        relation, kind, pronouns, surname = "foster carer", PersonKind.CARER, SHE, random.choice(names.surnames)
    else:
        kind, surname = PersonKind.FAMILY, child.surname
        relation, pronouns = random.choices(
            (("mother", SHE), ("father", HE), ("grandmother", SHE)), (75, 0, 0) if mother else (75, 18, 7)
        )[0]
    parent = _adult(stock, random, relation, kind, pronouns, surname, child)
    people = [parent]
    if relation == "mother" and random.random() < 0.55:
        people.append(_adult(stock, random, "father", PersonKind.FAMILY, HE, surname, child))
    taken = {child.first_names.split()[0], child.known_as}
    free = [name for name in names.girls + names.boys + names.either if name not in taken]
    sibling, friend = random.sample(free, 2)
    bond = random.choice(("sister", "cousin")) if sibling in names.girls else "cousin"
    bond = random.choice(("brother", "cousin")) if sibling in names.boys else bond
    people.append(Person(identity(random), f"{sibling} {child.surname}", relation=bond, kind=PersonKind.FAMILY))
    people.append(
        Person(identity(random), f"{friend} {random.choice(names.surnames)}", relation="friend", kind=PersonKind.FRIEND)
    )
    senco = f"{random.choice(names.women)} {random.choice(names.surnames)}"
    people.append(
        Person(
            identity(random),
            senco,
            relation="SENCO",
            kind=PersonKind.PROFESSIONAL,
            pronouns=SHE,
            telephone=landline(random),
            email=email_of(senco, "school"),
            receives_copy=True,
        )
    )
    if random.random() < 0.04:
        people.append(
            Person(
                identity(random),
                f"{random.choice(names.men)} {child.surname}",
                relation="uncle",
                kind=PersonKind.FAMILY,
                pronouns=HE,
                barred=True,
                visit_risk="A court order of last year: not to be told where the child lives.",
            )
        )
    return people


def _adult(
    stock: Stock, random: Random, relation: str, kind: PersonKind, pronouns: Pronouns, surname: str, child: Child
) -> Person:
    first = random.choice(stock.names.women if pronouns.subject == "she" else stock.names.men)
    name = f"{first} {surname}"
    return Person(
        identity(random),
        name,
        relation=relation,
        kind=kind,
        pronouns=pronouns,
        telephone=mobile(random),
        email=email_of(name, "post"),
        address=f"{child.address}, {child.postcode}",
        language=child.first_language,
        parental_responsibility=kind is PersonKind.FAMILY,
        receives_copy=True,
    )


def _voice(
    child: Child, people: tuple[Person, ...], setting: Setting, year: int, stock: Stock, random: Random
) -> Voice:
    he = child.pronouns or THEY
    many = he.subject == "they"
    parent = people[0]
    of = parent.pronouns or THEY
    place, teacher, assistant, pupils, lesson = _words_of(year)
    called = {"mother": "Mum", "father": "Dad", "grandmother": "Nan"}.get(parent.relation, parent.name.split()[0])
    since = setting.since
    singular = {"s": "s", "es": "es", "ies": "ies", "is": "is", "has": "has", "was": "was", "does": "does"}
    plural = {"s": "", "es": "", "ies": "y", "is": "are", "has": "have", "was": "were", "does": "do"}
    verbs = plural if many else singular
    sibling = next(one for one in people if one.relation in ("sister", "brother", "cousin"))
    return {
        "name": child.called,
        "full_name": child.full_name,
        "he": he.subject,
        "him": he.object,
        "his": he.determiner,
        "himself": he.reflexive,
        "He": he.subject.capitalize(),
        "His": he.determiner.capitalize(),
        "parent": parent.relation,
        "parent_s": "s",
        "parent_name": f"{'Mr' if of.subject == 'he' else 'Ms'} {parent.name.split(' ', 1)[1]}",
        "parent_they": of.subject,
        "parent_They": of.subject.capitalize(),
        "parent_them": of.object,
        "mum": called,
        "sibling": sibling.name.split()[0],
        "friend": next(one for one in people if one.kind is PersonKind.FRIEND).name.split()[0],
        "pet": random.choice(stock.names.pets),
        "setting": setting.name,
        "since": f"{MONTHS[since.month - 1]} {since.year}" if since else "September",
        "place": place,
        "teacher": teacher,
        "ta": assistant,
        "pupils": pupils,
        "lesson": lesson,
        "lessons": f"{lesson}s",
        **verbs,
    }


def _words_of(year: int) -> tuple[str, str, str, str, str]:
    match year:
        case _ if year < 0:
            return "nursery", "key person", "early years practitioner", "children", "session"
        case _ if year < 7:
            return "school", "class teacher", "teaching assistant", "pupils", "lesson"
        case _ if year < 12:
            return "school", "form tutor", "teaching assistant", "pupils", "lesson"
        case _:
            return "college", "personal tutor", "learning support assistant", "students", "lesson"
