"""Part (f): landing the referral to treatment full extract, against a bare query over the unzipped CSV."""
