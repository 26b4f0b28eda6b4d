"""What can be proved: ledger, statements, receipts."""
