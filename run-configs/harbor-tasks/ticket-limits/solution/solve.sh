#!/bin/bash
sed -i 's/age > ADULT/age >= ADULT/' /app/tickets.py
