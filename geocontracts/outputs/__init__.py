"""Stage 5: what leaves the machine: answers, reports, and files for other programs."""
