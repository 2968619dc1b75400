"""Record-level scale: 100 million rows of referral to treatment extracts, from landing to metric values."""
