print("spectool")
