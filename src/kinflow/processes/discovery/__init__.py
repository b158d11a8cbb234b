"""Models found in a log: process trees and BPMN by inductive mining, with their quality."""
