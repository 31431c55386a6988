"""What can be done, one use case a method, one transaction each. The only layer that joins rules and store."""
