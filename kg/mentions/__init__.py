"""Who is mentioned in a Doc: by name, acronym, title, noun or pronoun."""
