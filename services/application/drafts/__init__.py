"""Applications that are begun and not sent: kept sealed for the person alone until the vacancy closes. A draft is no
application: nobody is told of it, and it buys no time.
"""
