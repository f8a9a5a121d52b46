"""Papers: what the family, the school, the panel and the Tribunal hold in their hands, made offline.

One road: content, then blocks, then form. `plan_document` turns a case into blocks (plain frozen values: heading,
paragraph, list, facts, table, notice, figure, page break) and never meets a font; `pdf` turns blocks into pages with
ReportLab and never meets a case; `plain` writes the same blocks as JSON. Equal blocks give equal bytes, so a paper that
left is known by its SHA-256. ReportLab is imported at the first print, not with this package.
"""
