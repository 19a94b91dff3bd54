"""The rows of the shop: the same for both servers, and the same every time."""

import json
import random
import uuid
import zlib
from decimal import Decimal

from literals import DEFAULT

WORDS = "tea pot lamp blue silk paper small garden chair clock iron river stone cloud salt".split()
PEOPLE = ["Ada Lovelace", "李小龙", "O'Brien, Pat", 'Bob "The Boss" Li', "Zoë Ångström", "王芳", "Renée Müller", "陈镕基"]
CITIES = ["杭州", "北京市", "Paris", "東京", "縗縗"]  # in gbk the last one ends in a backslash
ODD_TEXTS = [
    None,
    "",
    "NULL",
    "\\N",
    "null",
    '"',
    '""',
    "'",
    "it's",
    'say "hi", she said',
    "a,b,c",
    "tab\there",
    "two\nlines",
    "two\r\nlines, dos",
    "back\\slash",
    "ends with a backslash\\",
    "\\.",
    " blanks around ",
    "emoji 😀👩‍👩‍👧",
    "中文，逗号",
    "e\u0301 is not é",
    "<b>&amp;</b>",
    '{"not": "json column"}',
    "1.10",
    "0042",
    "-- no comment",
    "'); DROP TABLE customers; --",
    "line\u2028separator",
    "\x01\x1f control",
    "100%",
    "`tick`",
    "/* neither */",
]
JSON_TEXTS = [
    None,
    "{}",
    "[]",
    "null",
    "true",
    '"text"',
    "1.10",
    '{"a": 1, "b": [1, 2.50, null], "c": {"d": "é\\n"}}',
    '{"big": 12345678901234567890, "small": -0.0, "exp": 1e-7}',
    '{"quote": "\\"", "comma": ",", "tick": "\'"}',
    '["中文", "😀", "\\ud83d\\ude00"]',
]


class Shop:
    def __init__(self):
        self.dice = random.Random("a believable shop")

    def words(self, count):
        return " ".join(self.dice.choice(WORDS) for _ in range(count))

    def day(self):
        return f"{self.dice.randint(2019, 2025)}-{self.dice.randint(1, 12):02}-{self.dice.randint(1, 28):02}"

    def moment(self, fraction=""):
        clock = f"{self.dice.randint(3, 23):02}:{self.dice.randint(0, 59):02}:{self.dice.randint(0, 59):02}"
        return f"{self.day()} {clock}{fraction}"

    def money(self, most):
        return Decimal(self.dice.randint(0, most * 100)) / 100

    def odd(self, number):
        """Every odd text once, ordinary words after that."""
        return ODD_TEXTS[number] if number < len(ODD_TEXTS) else self.words(3)

    def payload(self, number):
        if number < len(JSON_TEXTS):
            return JSON_TEXTS[number]
        return json.dumps({"page": "/" + self.dice.choice(WORDS), "ms": self.dice.randint(1, 999)})

    def token(self):
        return uuid.UUID(int=self.dice.getrandbits(128))

    def picture(self, number):
        """All 256 byte values first, then something like a small PNG."""
        if number == 0:
            return bytes(range(256))
        if number == 1:
            return b""
        pixels = bytes(self.dice.randint(0, 3) for _ in range(900))
        return b"\x89PNG\r\n\x1a\n" + zlib.compress(pixels, 0)


def orders(shop, count=300, customers=120):
    """Orders with their lines: (order id, customer, total, [(line, sku, quantity, price)])."""
    for number in range(1, count + 1):
        lines = [
            (line, shop.dice.randint(1, 60), shop.dice.randint(-1, 12), shop.money(400))
            for line in range(1, shop.dice.randint(2, 6))
        ]
        yield number, shop.dice.randint(1, customers), sum(line[2] * line[3] for line in lines), lines


def mariadb_rows():
    """Table name → rows of Python values, in the order in which foreign keys allow them."""
    shop = Shop()
    dice = shop.dice
    zero_dates = ["0000-00-00", "2024-00-00", "2024-02-00", "9999-12-31", "1000-01-01"]
    languages = ["en", "zh", "fr, fr-CA", "l'italiano", '"quoted"']
    interests = ["", "books", "books,home & garden", 'music,5" disks', 'books,music,home & garden,5" disks']
    tables = {
        "customers": [
            (
                number,
                f"c{number}@example.com",
                PEOPLE[number % len(PEOPLE)],
                shop.odd(number - 1),
                CITIES[number % len(CITIES)],
                dice.choice(["CN", "DE", "ES"]),
                zero_dates[number] if number < len(zero_dates) else shop.day(),
                [0, 1, 2, -128][number % 4 if number < 20 else 0],
                [0, 2**53 + 1, 2**64 - 1][number % 3] if number < 20 else dice.randint(0, 5000),
                None if number % 9 == 0 else shop.money(900) - 300,
                languages[number % 5],
                interests[number % 5],
                None if number % 7 == 0 else shop.token().bytes,
                None if number % 11 == 0 else shop.moment(),
                shop.moment(f".{number:06}"),
                shop.odd(number * 7 % 90),
            )
            for number in range(1, 121)
        ]
    }
    masses = [None, Decimal("1.10"), Decimal("0"), Decimal("-0." + "0" * 29 + "1"), Decimal("9" * 35 + "." + "9" * 30)]
    doubles = [None, "1.7976931348623157e308", "-2.2250738585072014e-308", "-0e0", "0.1e0", "1e15"]
    tables["products"] = [
        (
            number,
            shop.words(2).title(),
            shop.money(500),
            DEFAULT,
            masses[number % 5],
            dice.randint(-8388608, 8388607),
            None if number % 6 == 0 else f"{dice.randint(1, 50)}e-1",
            doubles[number % 6],
            number % 2,
            None if number % 8 == 0 else dice.getrandbits(12),
            [None, 2**64 - 1, 0, 0x2C22275C0A0D00FF][number % 4],
            [0, 1901, 2155, 2024][number % 4],
            shop.payload(number - 1),
        )
        for number in range(1, 61)
    ]
    tables["product_images"] = [
        (
            number,
            number * 4,
            f"{dice.choice(WORDS)}-{number}.png",
            None if number % 3 else bytes([0, 0x22, 0x27, 0x5C, 0x0A]),
            shop.picture(number - 1),
            dice.randbytes(32),
        )
        for number in range(1, 13)
    ]
    statuses = ["new", "paid", "sent", "returned"]
    took = [None, "00:00:00.001", "-838:59:59", "838:59:59.999", "12:34:56.700"]
    lines, tables["orders"], tables["order_lines"] = list(orders(shop)), [], []
    for number, customer, total, parts in lines:
        tables["orders"].append(
            (
                10**15 + number,
                customer,
                statuses[number % 4],
                shop.moment(),
                None if number % 4 == 0 else shop.moment(),
                took[number % 5],
                total,
                shop.odd(number - 1),
            )
        )
        tables["order_lines"] += [(10**15 + number, *part) for part in parts]
    tables["events"] = [
        (number - 50, shop.moment(f".{number * 997:06}"), dice.choice(["view", "click", "buy"]), shop.payload(number - 1))
        for number in range(1, 201)
    ]
    return tables


def postgres_rows():
    """The same shop with what only PostgreSQL has; texts where the server is to read its own spelling."""
    shop = Shop()
    dice = shop.dice
    phones = ["{}", '{"+86 10 1234","a \\"b\\", c"}', '{NULL,"NULL",""}', "{{a,b},{c,d}}", "{中文,😀}"]
    moods = [None, "happy", "so, so", 'it\'s "bad"']
    tables = {
        "public.customers": [
            (
                number,
                f"c{number}@example.com",
                PEOPLE[number % len(PEOPLE)],
                shop.odd(number - 1),
                dice.choice(["CN", "DE", "ESP"]),
                ["0044-03-15 BC", "infinity", "-infinity"][number - 1] if number < 4 else shop.day(),
                number % 5 == 0,
                2**63 - 1 if number == 1 else dice.randint(0, 5000),
                "NaN" if number == 2 else None if number % 9 == 0 else shop.money(900) - 300,
                moods[number % 4],
                phones[number % 5],
                None if number % 7 == 0 else str(shop.token()),
                None if number % 3 == 0 else f"10.0.{number}.0/24",
                None if number % 11 == 0 else shop.moment("+08"),
                shop.odd(number * 7 % 90),
            )
            for number in range(1, 121)
        ]
    }
    masses = [None, "1.10", "NaN", "Infinity", "-Infinity", "0.000000000000000000000000000001", "9" * 80]
    doubles = [None, "1.7976931348623157e308", "-0", "NaN", "Infinity", "0.1"]
    sizes = [None, "{}", "{36,37,NULL}", "{{1,2},{3,4}}", "[0:1]={7,8}"]
    periods = [None, "empty", "[2024-01-01,2024-02-01)", "(,2024-01-01)"]
    guarantees = [None, "2 years", "1 mon -3 days +04:05:06.7", "-00:00:01"]
    tables["public.products"] = [
        (
            number,
            shop.words(2).title(),
            shop.money(500),
            DEFAULT,
            masses[number % 7],
            dice.randint(-32768, 32767),
            None if number % 6 == 0 else f"{dice.randint(1, 50)}e-1",
            doubles[number % 6],
            None if number % 8 == 0 else f"{dice.getrandbits(12):012b}",
            sizes[number % 5],
            shop.payload(number - 1),
            periods[number % 4],
            guarantees[number % 4],
        )
        for number in range(1, 61)
    ]
    tables["public.product_images"] = [
        (number, number * 4, f"{dice.choice(WORDS)}-{number}.png", shop.picture(number - 1)) for number in range(1, 13)
    ]
    statuses = ["new", "paid", "sent", "returned"]
    tables["public.orders"], tables["public.order_lines"] = [], []
    for number, customer, total, parts in orders(shop):
        tables["public.orders"].append(
            (
                number,
                customer,
                statuses[number % 4],
                shop.moment(),
                None if number % 4 == 0 else shop.moment(".5"),
                total,
                shop.odd(number - 1),
            )
        )
        tables["public.order_lines"] += [(number, *part) for part in parts]
    twice = '{"same": 1, "same": 2}'  # json keeps the text: a value that cannot be a JSON object of ours
    tables["public.events"] = [
        (
            number - 50,
            shop.moment(".25+00"),
            dice.choice(["view", "click", "buy"]),
            twice if number == 1 else shop.payload(number - 1),
        )
        for number in range(1, 201)
    ]
    tables["Lager 仓库.Bestand, Übersicht"] = [
        (1, "1.5", '("A, links",3)', True),
        (2, None, "(,)", None),
        (3, "-0", '("it\'s ""B""",)', False),
    ]
    return tables
