print("hifi")
