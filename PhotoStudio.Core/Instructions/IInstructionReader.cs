using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Instructions;

/// <summary>Reads what a sentence asks to be done to a picture.</summary>
public interface IInstructionReader
{
    /// <summary>Reads an instruction in any language the adapter knows; any text is welcome.</summary>
    InstructionReading Read(string instruction);
}

/// <summary>What an instruction was taken for.</summary>
/// <param name="Steps">What is to be done, in order; empty when nothing was understood.</param>
/// <param name="Notes">What could not be understood or cannot be done, a sentence each.</param>
public sealed record InstructionReading(IReadOnlyList<InstructedStep> Steps, IReadOnlyList<string> Notes);

/// <summary>One operation that an instruction names.</summary>
/// <param name="Operation">The operation's wire name; it is in the catalogue and works on one picture.</param>
/// <param name="Parameters">Its parameters, valid for it once <paramref name="Scale"/> is resolved.</param>
/// <param name="Scale">For a resize that was asked for as a share of the picture's own size: the factor of both sides.</param>
public sealed record InstructedStep(string Operation, JsonObject Parameters, double? Scale = null);
