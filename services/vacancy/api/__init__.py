"""The routes: HTTP into commands and views."""
