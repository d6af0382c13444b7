"""What every view works with: context, links, words, tables, pictures."""
