"""Outside formats, read strictly and turned into the project's own words. Nothing here touches the store."""
