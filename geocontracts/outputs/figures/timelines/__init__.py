"""The timeline of contracts: what is known of their dates, how it is laid out, how it is drawn."""
