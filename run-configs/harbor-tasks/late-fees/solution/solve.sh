#!/bin/bash
sed -i 's/(days - DAYS + 1)/(days - DAYS)/' /app/library.py
