"""Who may open rooms: by a token, a provider of OpenID Connect, or a proxy's word."""
