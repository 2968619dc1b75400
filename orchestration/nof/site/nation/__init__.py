"""What the pages about the nation read: England, the league tables, the trusts, the metrics."""
