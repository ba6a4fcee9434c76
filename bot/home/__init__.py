"""What stands in a person's Home: looked up in `view`, and made of parts, one file each.

view       looks everything up, a fixed number of queries, and puts the parts in order
top        greeting, what was just done, Add partner, settings
welcome    an owner's first three steps
practice   an owner's figures, and who needs somebody
waiting    what waits, with the buttons of the morning message
coming     what comes up
partners   the partners by stage, narrowed down, a page at a time
pager      the way to the other pages of a list
"""
