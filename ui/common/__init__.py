"""What every page uses: colours, letters, shapes, and labels that show plain text only."""
