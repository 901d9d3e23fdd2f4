"""What every route shares: envelope, errors, paging, caching, guards."""
