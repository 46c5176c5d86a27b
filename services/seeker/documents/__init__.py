"""Files that people keep here to show them later: checked apart from everything else, sealed, their owner's alone."""
