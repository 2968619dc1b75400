"""What a page of the site may do: run the site's own scripts, wear its styles, and nothing else."""

# Works for pages opened from a folder as well as for those of a server.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
