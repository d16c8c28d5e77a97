import datetime
import pytest
from harbour.quotes import QuoteRequest, InvalidRequest


def test_weight_above_limit_is_refused():
    with pytest.raises(InvalidRequest, match="weightKg"):
        QuoteRequest(origin="DEHAM", destination="NLRTM", weight_kg=30_000)


def test_ready_date_in_the_past_is_refused():
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    with pytest.raises(InvalidRequest, match="readyOn"):
        QuoteRequest(origin="DEHAM", destination="NLRTM", weight_kg=500, ready_on=yesterday)
