"""What we learn: experiments, comparison, figures, report."""
