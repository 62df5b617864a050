"""What tokens, accelerators, tuning, hosting and storage cost, and how old those prices are; nothing is fetched."""
