"""Bills made by hand from the real columns of each vendor, three files a format, each with a total known beforehand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.running import Ftroi

Row = Sequence[object]


@dataclass(frozen=True)
class Made:
    """One made bill: its format, its text, its total, and the number of its charges."""

    name: str
    format: str
    text: str
    total: float
    charges: int
    kinds: frozenset[str] = frozenset({"usage"})

    def written(self, folder: Path) -> Path:
        """Write the bill into a folder."""
        path = folder / f"{self.name}.csv"
        path.write_text(self.text, encoding="utf-8")
        return path


def table(header: str, rows: Sequence[Row], delimiter: str = ",") -> str:
    """A CSV text; the headings are split at commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


FOCUS = (
    "InvoiceIssuerName,BillingAccountId,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,"
    "BilledCost,EffectiveCost,BillingCurrency,ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,ServiceName"
)


def focus(day: int, billed: float, effective: float, category: str = "Usage", kind: str = "") -> Row:
    """A row of FOCUS, of a day in March 2026."""
    begin, end = f"2026-03-{day:02}T00:00:00Z", f"2026-03-{day + 1:02}T00:00:00Z"
    text = f"Input tokens {day}"
    return (
        "AWS", "1001", begin, end, category, kind, text, billed, effective, "USD", 1000, "Tokens", 1, "1K Tokens",
        "Amazon Bedrock",
    )  # fmt: skip


OPENAI_COSTS = (
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,"
    "organization_id,organization_name"
)


def openai(day: int, amount: object = "", item: str = "") -> Row:
    """A row of OpenAI's costs of a day in March 2026; without an amount one of an empty day."""
    start = 1_772_323_200 + (day - 1) * 86_400
    iso = f"2026-03-{day:02}T00:00:00+00:00", f"2026-03-{day + 1:02}T00:00:00+00:00"
    return (start, start + 86_400, *iso, amount, "usd".upper() if amount != "" else "", item, "proj_1", "org-a", "Acme")


OPENAI_ACTIVITY = (
    "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,"
    "service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens"
)
ANTHROPIC_COST = (
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,"
    "inference_geo,speed"
)
ANTHROPIC_API = "starting_at,ending_at,amount,currency,cost_type,description,model,token_type"
ANTHROPIC_USAGE = (
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,"
    "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
    "usage_output_tokens,web_search_count"
)
AZURE_EA = (
    "Date,ProductName,MeterCategory,MeterSubCategory,MeterName,UnitOfMeasure,Quantity,EffectivePrice,"
    "CostInBillingCurrency,ResourceId,Tags,ChargeType,BillingCurrencyCode"
)
AZURE_MCA = (
    "\ufeffinvoiceId,date,serviceFamily,meterName,meterCategory,quantity,unitOfMeasure,effectivePrice,"
    "costInBillingCurrency,costInUsd,billingCurrency,chargeType,tags"
)
AWS = (
    "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_start_date,line_item_product_code,"
    "line_item_usage_type,line_item_line_item_type,line_item_line_item_description,line_item_usage_amount,"
    "line_item_unblended_cost,line_item_net_unblended_cost,line_item_currency_code,pricing_unit,product,resource_tags"
)
GCP_CONSOLE = (
    "Billing account name,Billing account ID,Project name,Project ID,Service description,Service ID,SKU description,"
    "SKU ID,Credit type,Cost type,Usage start date,Usage end date,Usage amount,Usage unit,Unrounded Cost ($),Cost ($)"
)
GCP_PREAMBLE = (
    "Invoice number,5512345678\nInvoice date,2026-03-31\nDue date,2026-04-30\nBilling account ID,01AB-CD\n"
    "Currency,{currency}\nSubtotal,10\nTax,0\n\n"
)
BIGQUERY = (
    "billing_account_id,service.description,sku.description,usage_start_time,usage_end_time,cost,currency,"
    "credits,cost_type,invoice.month,usage.amount,usage.unit"
)
PEOPLE = "month,person,role,hours,rate,cost,currency,category,option"


def azure(day: str, cost: float, kind: str = "Usage") -> Row:
    """A row of an Azure EA bill; the day is as Azure writes it."""
    return (
        day, "Azure OpenAI", "Cognitive Services", "Azure OpenAI", f"gpt-4o Input Tokens {day}", "1K", 5, 0.01, cost,
        "/subscriptions/1", "{}", kind, "USD",
    )  # fmt: skip


def azure_mca(day: str, cost: float, kind: str = "Usage", currency: str = "USD") -> Row:
    """A row of an Azure MCA bill."""
    name = f"gpt-4o Output Tokens {day}"
    return ("I1", day, "AI + ML", name, "Foundry Models", 5, "1M", 1, cost, cost, currency, kind, "")


def aws(day: int, cost: float, kind: str = "Usage", net: object = None) -> Row:
    """A row of an AWS report, of a day in March 2026."""
    return (
        "1001", "2026-03-01T00:00:00Z", f"2026-03-{day:02}T00:00:00Z", "AmazonBedrock", "USE1-Claude-input-tokens",
        kind, f"{kind} of the {day}th", 3, cost, cost if net is None else net, "USD", "1K tokens", "", "",
    )  # fmt: skip


def gcp(day: int, cost: float, kind: str = "Usage", credit: str = "") -> Row:
    """A row of the console's cost table, of a day in March 2026."""
    text = f"2026-03-{day:02}"
    service = ("Vertex AI", "S1", f"Gemini input tokens {day}", "K1")
    return ("Acme", "01AB-CD", "p", "p", *service, credit, kind, text, text, 10, "count", f"{cost:.6f}", f"{cost:.2f}")


def bigquery(day: int, cost: float, given: str = "[]", kind: str = "regular") -> Row:
    """A row of the export to BigQuery, of a day in March 2026."""
    hours = f"2026-03-{day:02} 00:00:00 UTC", f"2026-03-{day:02} 01:00:00 UTC"
    return ("01AB-CD", "Vertex AI", f"Gemini {day}", *hours, cost, "USD", given, kind, "202603", 4, "count")


_CREDITS = '[{"name": "Committed use", "amount": -1.25}, {"name": "Free tier", "amount": -0.75}]'
_TOTAL_ROW = ("Total", *[""] * 14, "13.50")
_ACTIVITY = ("2026-03-05T00:00:00+00:00", "2026-03-06T00:00:00+00:00", "proj_1")

# fmt: off
BILLS = [
    Made("focus-plain", "focus", table(FOCUS, [focus(1, 10, 10), focus(2, 5.25, 5.25)]), 15.25, 2),
    Made("focus-commitment", "focus", table(FOCUS, [focus(1, 100, 0, "Purchase"), focus(2, 0, 3), focus(3, 0,
        4)]), 7, 3),
    Made("focus-apart", "focus", table(FOCUS, [focus(1, 10, 10), focus(2, 1.9, 1.9, "Tax"), focus(3, -4, -4,
        "Credit"), focus(4, -1, -1, "Usage", "Correction")]), 6.9, 4, frozenset({"usage", "tax", "credit", "refund"})),
    Made("openai-days", "openai_costs", table(OPENAI_COSTS, [openai(1, 1.25, "gpt-4o, input"), openai(2),
        openai(3, 2, "gpt-4o, output")]), 3.25, 2),
    Made("openai-credit", "openai_costs", table(OPENAI_COSTS, [openai(1, 9.5, "ft-gpt-4o training"), openai(2, -5,
        "Credit grant")]), 4.5, 2, frozenset({"usage", "credit"})),
    Made("openai-small", "openai_costs", table(OPENAI_COSTS, [openai(day, "0.000001", f"item {day}") for day in
        range(1, 11)]), 1e-05, 10),
    Made("activity", "openai_activity", table(OPENAI_ACTIVITY, [(1, 2, *_ACTIVITY, 7, "", "", "gpt-4o", "f", "",
        300, 40, 100, 200)]), 0, 4),
    Made("activity-no-cache", "openai_activity", table(OPENAI_ACTIVITY, [(1, 2, *_ACTIVITY, 7, "", "", "gpt-4o",
        "f", "", 300, 40, 0, 300)]), 0, 3),
    Made("activity-empty-day", "openai_activity", table(OPENAI_ACTIVITY, [(1, 2, *_ACTIVITY, 0, "", "", "", "",
        "", 0, 0, 0, 0)]), 0, 0, frozenset()),
    Made("anthropic", "anthropic_cost", table(ANTHROPIC_COST, [("2026-03-01", "claude", "w", "k", "standard", "",
        "input", 3.3, 3.3, "token", "", "")]), 3.3, 1),
    Made("anthropic-credit", "anthropic_cost", table(ANTHROPIC_COST, [("2026-03-01", "claude", "w", "k", "s", "",
        "output", 3.3, 3.3, "token", "", ""), ("2026-03-02", "", "w", "", "", "", "", -1.1, 0, "credit", "", "")]),
        2.2, 2, frozenset({"usage", "credit"})),
    Made("anthropic-cents", "anthropic_cost_api", table(ANTHROPIC_API, [("2026-03-01T00:00:00Z",
        "2026-03-02T00:00:00Z", "1234.5", "USD", "tokens", "Claude", "claude", "input")]), 12.345, 1),
    Made("anthropic-two", "anthropic_cost", table(ANTHROPIC_COST, [("2026-03-01", "claude", "w", "k", "standard",
        "", kind, 0.1, 0.1, "token", "", "") for kind in ("input", "cache_read", "output")]), 0.3, 3),
    Made("anthropic-cents-credit", "anthropic_cost_api", table(ANTHROPIC_API, [("2026-03-01T00:00:00Z",
        "2026-03-02T00:00:00Z", amount, "USD", kind, "", "", "") for amount, kind in (("500", "tokens"), ("-100",
        "credit"))]), 4, 2, frozenset({"usage", "credit"})),
    Made("anthropic-cents-small", "anthropic_cost_api", table(ANTHROPIC_API, [("2026-03-01T00:00:00Z",
        "2026-03-02T00:00:00Z", "0.01", "USD", "tokens", "", "", "")]), 0.0001, 1),
    Made("anthropic-usage", "anthropic_usage", table(ANTHROPIC_USAGE, [("2026-03-01", "claude", "k", "w", "s", "",
        10, 20, 30, 40, 50, 1)]), 0, 6),
    Made("anthropic-usage-plain", "anthropic_usage", table(ANTHROPIC_USAGE, [("2026-03-01", "claude", "k", "w",
        "s", "", 10, 0, 0, 0, 50, 0)]), 0, 2),
    Made("anthropic-usage-days", "anthropic_usage", table(ANTHROPIC_USAGE, [(f"2026-03-0{day}", "claude", "k",
        "w", "s", "", 10, 0, 0, 0, 50, 0) for day in (1, 2)]), 0, 4),
    Made("azure-ea", "azure_ea", table(AZURE_EA, [azure("3/1/2026", 4.5), azure("3/15/2026", 5.5)]), 10, 2),
    Made("azure-ea-refund", "azure_ea", table(AZURE_EA, [azure("3/1/2026", 4.5), azure("3/2/2026", -1.5,
        "Refund")]), 3, 2, frozenset({"usage", "refund"})),
    Made("azure-ea-rounding", "azure_ea", table(AZURE_EA, [azure("03/01/2026", 4.499), azure("03/02/2026", 0.001,
        "RoundingAdjustment")]), 4.5, 2, frozenset({"usage", "rounding"})),
    Made("azure-mca", "azure_mca", table(AZURE_MCA, [azure_mca("03/01/2026", 7), azure_mca("03/31/2026", 1)]), 8,
        2),
    Made("azure-mca-purchase", "azure_mca", table(AZURE_MCA, [azure_mca("03/01/2026", 70, "Purchase")]), 70, 1),
    Made("azure-mca-tax", "azure_mca", table(AZURE_MCA, [azure_mca("03/01/2026", 7), azure_mca("03/31/2026", 0.7,
        "Tax")]), 7.7, 2, frozenset({"usage", "tax"})),
    Made("aws", "aws_cur", table(AWS, [aws(1, 4), aws(2, 6)]), 10, 2),
    Made("aws-credit-tax", "aws_cur", table(AWS, [aws(1, 10), aws(2, -3, "Credit"), aws(3, 1, "Tax"), aws(4, -2,
        "EdpDiscount")]), 6, 4, frozenset({"usage", "credit", "tax"})),
    Made("aws-net", "aws_cur", table(AWS, [aws(1, 10, net=8), aws(2, 10, net=7.5)]), 15.5, 2),
    Made("gcp", "gcp_console", GCP_PREAMBLE.format(currency="USD") + table(GCP_CONSOLE, [gcp(1, 13.5),
        _TOTAL_ROW]), 13.5, 1),
    Made("gcp-credit", "gcp_console", GCP_PREAMBLE.format(currency="USD") + table(GCP_CONSOLE, [gcp(1, 15), gcp(1,
        -1.5, credit="Free tier"), _TOTAL_ROW]), 13.5, 2, frozenset({"usage", "credit"})),
    Made("gcp-rounding", "gcp_console", table(GCP_CONSOLE, [gcp(1, 13.49), gcp(31, 0.01, "Rounding error"),
        gcp(31, 2, "Tax")]), 15.5, 3, frozenset({"usage", "rounding", "tax"})),
    Made("bigquery", "gcp_bigquery", table(BIGQUERY, [bigquery(1, 8), bigquery(2, 2.5)]), 10.5, 2),
    Made("bigquery-credits", "gcp_bigquery", table(BIGQUERY, [bigquery(1, 8, _CREDITS)]), 6, 3,
        frozenset({"usage", "credit"})),
    Made("bigquery-kinds", "gcp_bigquery", table(BIGQUERY, [bigquery(1, 8), bigquery(2, 1, kind="tax"),
        bigquery(3, -0.5, kind="adjustment"), bigquery(4, 0.01, kind="rounding_error")]), 8.51, 4, frozenset({"usage",
        "tax", "refund", "rounding"})),
    Made("people", "people", table(PEOPLE, [("2026-03", "Ann", "ML engineer", 80, "", 8000, "USD", "", ""),
        ("2026-03", "Bob", "SME", 20, "", 1500, "USD", "", "")]), 9500, 2),
    Made("people-rate", "people", table(PEOPLE, [("2026-03", "Ann", "ML engineer", 80, 95.5, "", "USD", "", "")]),
        7640, 1),
    Made("people-stated", "people", table(PEOPLE, [("Mar 2026", "Ann", "Review", 10, 100, "", "USD",
        "hidden.compliance", "do_nothing")]), 1000, 1),
]
# fmt: on
"""Three bills of each format."""


def plan_from_march(ftroi: Ftroi, folder: Path) -> Path:
    """The workbook of a plan that starts in March 2026."""
    path = folder / "plan.xlsx"
    ftroi.done("new", path, "--preset", "support_assistant", "--options", "rag", "--set", "start=2026-03-01")
    return path
