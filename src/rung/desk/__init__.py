"""The desk: a full-screen app over the same sittings as `rung review`. One module a screen; needs the extra `rung[desk]`."""
