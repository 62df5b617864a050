"""Market prices of tokens, accelerators, tuning, hosting and storage, with their age.

Token prices come from the data in the package genai-prices (`tokens`), all others from the template's ``prices.toml``
(`listed`); nothing is fetched from the network. `reassess` compares a plan with today's prices.
"""
