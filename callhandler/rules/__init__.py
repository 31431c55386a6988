"""The call's story, pure: each file is one verb over picture, policy and instant. Nothing here reads or writes anything."""
