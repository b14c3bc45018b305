"""A method taken from its object stays bound to it."""


class Account:
    def __init__(self, balance):
        self.balance = balance

    def pay(self, amount, note=""):
        self.balance += amount
        return f"{self.balance}{note}"


a = Account(10)
pay = a.pay
print(pay(5), pay(amount=1, note="!"), a.balance)
print(Account.pay(a, 4))
steps = [a.pay, Account(100).pay]
print([step(1) for step in steps])
print(list(map(a.pay, [1, 1, 1])))
