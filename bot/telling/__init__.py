"""How news reach people whom nobody has answered: in a chat, or under Activity."""
