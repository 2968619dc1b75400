"""The site of a release: pages for people who write no SQL, made from a candidate or a release alone.

Templates, styles and scripts are in `site/` of the project; what fills them is here. `pages/` has one module
for each kind of page, `charts/` what is drawn on them.
"""
