"""The rules that a template must keep beyond its schema. Each rule yields findings; none raises."""
