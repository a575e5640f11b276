"""Values that no reader would send and any program might, written as they travel in an address."""

VALUES = [
    # Nothing, and what means nothing
    "", "%20", "%09", "%0A", "%0D%0ASet-Cookie:a=b", "+", "null", "None", "undefined", "true",
    # Bytes that are no text
    "%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%F8%88%80%80%80", "%", "%2", "%zz", "%u0041",
    # Characters that mislead
    "%E2%80%AEgnp.exe", "%E2%80%8B", "%EF%BB%BF", "%F0%9F%98%80", "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9",
    "%CC%80%CC%80%CC%80", "%EF%BC%A1", "%C4%B0", "%E1%84%92%E1%85%A1%E1%86%AB",
    # Numbers at the edges of what machines hold
    "0", "-1", "1.5", "1e309", "NaN", "Infinity", "0x10", "%D9%A1%D9%A2", "2147483648",
    "9223372036854775807", "9223372036854775808", "9999999999999999999", "1" + "0" * 400,
    # Days that were not
    "0000-00-00", "2015-02-30", "2015-13-01", "9999-12-31", "10000-01-01", "-0001", "2015-1-1",
    "2015-01-28T25:00:00Z", "2015-01-28T09:00:00", "2015-01-28T09:00:00%2B99:99", "0001-01-01",
    # Other languages than that of a query
    "'", "%27%20OR%201=1--", "%22%3B%20DROP%20TABLE%20gazette_edition%3B--", "%25", "_", "%5C",
    "%3Cscript%3Ealert(1)%3C/script%3E", "javascript:alert(1)", "%7B%7B7*7%7D%7D", "%24%7Bjndi:x%7D",
    "../", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "[]", "%7B%22a%22:%5B%5D%7D", "%5B%5B%5B%5B%5B%5B",
    "a,b,c", ",", "*", "(((((", "a*%7B9999%7D", "-", "--", "-updated", "title", "key",
    # Cursors that nobody gave out: no base64, no JSON, deep, of other lists, with huge numbers
    "WyJ0aXRsZSIsMCwiIiwtMV0", "WyItdXBkYXRlZCIsMCwiIiw5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
    "WyItdXBkYXRlZCIsMCwiNyIsMV0", "W1tbW1tbW1tb", "older-0", "newer-99999999999999999999",
    # Too much
    "x" * 300, "%ED%95%9C" * 300, "x" * 10_000, "a%20" * 2_000, "%EF%B7%BA" * 500,
]  # fmt: skip

PARAMETERS = [
    "q", "sort", "cursor", "page_size", "count", "fields", "omit", "as_of", "after", "before",
    "date_after", "date_before", "amount_min", "updated_after", "unknown", "q[]", "%FF", "__proto__",
]  # fmt: skip

# What the desk's lists read from their addresses, besides the names of their filters.
LIST_PARAMETERS = [
    "q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "unknown", "__proto__", "id__exact",
    "pk__in", "title_en__regex", "changed_by__password__startswith",
]  # fmt: skip

# What its other pages read.
PAGE_PARAMETERS = [
    "_popup", "_to_field", "_changelist_filters", "_source_model", "next", "record", "session", "template", "p",
    "q", "source", "search", "find", "page", "unknown", "from", "to", "point", "language", "into", "review", "need", "mine",
]  # fmt: skip

SUGGESTION_PARAMETERS = ["app_label", "model_name", "field_name", "term", "page"]
