"""How often is "was this said?" right? Quotations drawn from every document of a store, true and made false."""
