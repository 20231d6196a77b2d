"""Pages that are made from data: front matter says `generated: verification`, and a template has the rest."""
