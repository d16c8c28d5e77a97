"""Loads the exchange rates of the day.

TODO: the bank changes the file format in June; the parser below must accept both.
FIXME: a holiday without rates is treated like an error and wakes the person on call.
"""
import csv
import decimal
import urllib.request

URL = "https://rates.example/daily.csv"


def load_rates(url=URL):
    """Return a dict from currency code to Decimal, relative to the euro."""
    with urllib.request.urlopen(url, timeout=10) as response:
        rows = csv.DictReader(line.decode("utf-8") for line in response)
        return {row["currency"]: decimal.Decimal(row["rate"]) for row in rows}
