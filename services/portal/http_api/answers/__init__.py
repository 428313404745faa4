"""What the HTTP API answers: the values of ``core/`` as JSON, field by field.

Names are those of the contract. Moments are RFC 3339 in UTC and end in ``_time``, spans are whole
milliseconds and end in ``_ms``, words of the contract's enums are in lower case and without their prefix.
"""
