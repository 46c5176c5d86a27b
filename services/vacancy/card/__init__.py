"""The picture that goes along when an advert is shared."""
