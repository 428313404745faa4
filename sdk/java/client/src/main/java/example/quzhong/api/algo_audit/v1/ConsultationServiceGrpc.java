package example.quzhong.api.algo_audit.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
 * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ConsultationServiceGrpc {

  private ConsultationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.algo_audit.v1.ConsultationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.OpenConsultationRequest,
      example.quzhong.api.algo_audit.v1.OpenConsultationResponse> getOpenConsultationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "OpenConsultation",
      requestType = example.quzhong.api.algo_audit.v1.OpenConsultationRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.OpenConsultationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.OpenConsultationRequest,
      example.quzhong.api.algo_audit.v1.OpenConsultationResponse> getOpenConsultationMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.OpenConsultationRequest, example.quzhong.api.algo_audit.v1.OpenConsultationResponse> getOpenConsultationMethod;
    if ((getOpenConsultationMethod = ConsultationServiceGrpc.getOpenConsultationMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getOpenConsultationMethod = ConsultationServiceGrpc.getOpenConsultationMethod) == null) {
          ConsultationServiceGrpc.getOpenConsultationMethod = getOpenConsultationMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.OpenConsultationRequest, example.quzhong.api.algo_audit.v1.OpenConsultationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "OpenConsultation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.OpenConsultationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.OpenConsultationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("OpenConsultation"))
              .build();
        }
      }
    }
    return getOpenConsultationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetConsultationRequest,
      example.quzhong.api.algo_audit.v1.GetConsultationResponse> getGetConsultationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetConsultation",
      requestType = example.quzhong.api.algo_audit.v1.GetConsultationRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.GetConsultationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetConsultationRequest,
      example.quzhong.api.algo_audit.v1.GetConsultationResponse> getGetConsultationMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetConsultationRequest, example.quzhong.api.algo_audit.v1.GetConsultationResponse> getGetConsultationMethod;
    if ((getGetConsultationMethod = ConsultationServiceGrpc.getGetConsultationMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getGetConsultationMethod = ConsultationServiceGrpc.getGetConsultationMethod) == null) {
          ConsultationServiceGrpc.getGetConsultationMethod = getGetConsultationMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.GetConsultationRequest, example.quzhong.api.algo_audit.v1.GetConsultationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetConsultation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetConsultationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetConsultationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("GetConsultation"))
              .build();
        }
      }
    }
    return getGetConsultationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListConsultationsRequest,
      example.quzhong.api.algo_audit.v1.ListConsultationsResponse> getListConsultationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListConsultations",
      requestType = example.quzhong.api.algo_audit.v1.ListConsultationsRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListConsultationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListConsultationsRequest,
      example.quzhong.api.algo_audit.v1.ListConsultationsResponse> getListConsultationsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListConsultationsRequest, example.quzhong.api.algo_audit.v1.ListConsultationsResponse> getListConsultationsMethod;
    if ((getListConsultationsMethod = ConsultationServiceGrpc.getListConsultationsMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getListConsultationsMethod = ConsultationServiceGrpc.getListConsultationsMethod) == null) {
          ConsultationServiceGrpc.getListConsultationsMethod = getListConsultationsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListConsultationsRequest, example.quzhong.api.algo_audit.v1.ListConsultationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListConsultations"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListConsultationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListConsultationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("ListConsultations"))
              .build();
        }
      }
    }
    return getListConsultationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.MakeOfferRequest,
      example.quzhong.api.algo_audit.v1.MakeOfferResponse> getMakeOfferMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeOffer",
      requestType = example.quzhong.api.algo_audit.v1.MakeOfferRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.MakeOfferResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.MakeOfferRequest,
      example.quzhong.api.algo_audit.v1.MakeOfferResponse> getMakeOfferMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.MakeOfferRequest, example.quzhong.api.algo_audit.v1.MakeOfferResponse> getMakeOfferMethod;
    if ((getMakeOfferMethod = ConsultationServiceGrpc.getMakeOfferMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getMakeOfferMethod = ConsultationServiceGrpc.getMakeOfferMethod) == null) {
          ConsultationServiceGrpc.getMakeOfferMethod = getMakeOfferMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.MakeOfferRequest, example.quzhong.api.algo_audit.v1.MakeOfferResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeOffer"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.MakeOfferRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.MakeOfferResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("MakeOffer"))
              .build();
        }
      }
    }
    return getMakeOfferMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.AcceptOfferRequest,
      example.quzhong.api.algo_audit.v1.AcceptOfferResponse> getAcceptOfferMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcceptOffer",
      requestType = example.quzhong.api.algo_audit.v1.AcceptOfferRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.AcceptOfferResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.AcceptOfferRequest,
      example.quzhong.api.algo_audit.v1.AcceptOfferResponse> getAcceptOfferMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.AcceptOfferRequest, example.quzhong.api.algo_audit.v1.AcceptOfferResponse> getAcceptOfferMethod;
    if ((getAcceptOfferMethod = ConsultationServiceGrpc.getAcceptOfferMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getAcceptOfferMethod = ConsultationServiceGrpc.getAcceptOfferMethod) == null) {
          ConsultationServiceGrpc.getAcceptOfferMethod = getAcceptOfferMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.AcceptOfferRequest, example.quzhong.api.algo_audit.v1.AcceptOfferResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcceptOffer"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.AcceptOfferRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.AcceptOfferResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("AcceptOffer"))
              .build();
        }
      }
    }
    return getAcceptOfferMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FailConsultationRequest,
      example.quzhong.api.algo_audit.v1.FailConsultationResponse> getFailConsultationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "FailConsultation",
      requestType = example.quzhong.api.algo_audit.v1.FailConsultationRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.FailConsultationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FailConsultationRequest,
      example.quzhong.api.algo_audit.v1.FailConsultationResponse> getFailConsultationMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FailConsultationRequest, example.quzhong.api.algo_audit.v1.FailConsultationResponse> getFailConsultationMethod;
    if ((getFailConsultationMethod = ConsultationServiceGrpc.getFailConsultationMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getFailConsultationMethod = ConsultationServiceGrpc.getFailConsultationMethod) == null) {
          ConsultationServiceGrpc.getFailConsultationMethod = getFailConsultationMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.FailConsultationRequest, example.quzhong.api.algo_audit.v1.FailConsultationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "FailConsultation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.FailConsultationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.FailConsultationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("FailConsultation"))
              .build();
        }
      }
    }
    return getFailConsultationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RenderPackRequest,
      example.quzhong.api.algo_audit.v1.RenderPackResponse> getRenderPackMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenderPack",
      requestType = example.quzhong.api.algo_audit.v1.RenderPackRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.RenderPackResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RenderPackRequest,
      example.quzhong.api.algo_audit.v1.RenderPackResponse> getRenderPackMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RenderPackRequest, example.quzhong.api.algo_audit.v1.RenderPackResponse> getRenderPackMethod;
    if ((getRenderPackMethod = ConsultationServiceGrpc.getRenderPackMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getRenderPackMethod = ConsultationServiceGrpc.getRenderPackMethod) == null) {
          ConsultationServiceGrpc.getRenderPackMethod = getRenderPackMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.RenderPackRequest, example.quzhong.api.algo_audit.v1.RenderPackResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenderPack"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.RenderPackRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.RenderPackResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("RenderPack"))
              .build();
        }
      }
    }
    return getRenderPackMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListDutiesRequest,
      example.quzhong.api.algo_audit.v1.ListDutiesResponse> getListDutiesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDuties",
      requestType = example.quzhong.api.algo_audit.v1.ListDutiesRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListDutiesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListDutiesRequest,
      example.quzhong.api.algo_audit.v1.ListDutiesResponse> getListDutiesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListDutiesRequest, example.quzhong.api.algo_audit.v1.ListDutiesResponse> getListDutiesMethod;
    if ((getListDutiesMethod = ConsultationServiceGrpc.getListDutiesMethod) == null) {
      synchronized (ConsultationServiceGrpc.class) {
        if ((getListDutiesMethod = ConsultationServiceGrpc.getListDutiesMethod) == null) {
          ConsultationServiceGrpc.getListDutiesMethod = getListDutiesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListDutiesRequest, example.quzhong.api.algo_audit.v1.ListDutiesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDuties"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListDutiesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListDutiesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ConsultationServiceMethodDescriptorSupplier("ListDuties"))
              .build();
        }
      }
    }
    return getListDutiesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ConsultationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceStub>() {
        @java.lang.Override
        public ConsultationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ConsultationServiceStub(channel, callOptions);
        }
      };
    return ConsultationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ConsultationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceBlockingV2Stub>() {
        @java.lang.Override
        public ConsultationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ConsultationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ConsultationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ConsultationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceBlockingStub>() {
        @java.lang.Override
        public ConsultationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ConsultationServiceBlockingStub(channel, callOptions);
        }
      };
    return ConsultationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ConsultationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ConsultationServiceFutureStub>() {
        @java.lang.Override
        public ConsultationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ConsultationServiceFutureStub(channel, callOptions);
        }
      };
    return ConsultationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Either side opens; the pack is frozen with it. Its period is one of the calendar (AlgoAuditService), the last if none
     * is asked for. The metric may be one that the platform declared nothing for: what is agreed on is the first threshold.
     * </pre>
     */
    default void openConsultation(example.quzhong.api.algo_audit.v1.OpenConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.OpenConsultationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getOpenConsultationMethod(), responseObserver);
    }

    /**
     */
    default void getConsultation(example.quzhong.api.algo_audit.v1.GetConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetConsultationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetConsultationMethod(), responseObserver);
    }

    /**
     */
    default void listConsultations(example.quzhong.api.algo_audit.v1.ListConsultationsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListConsultationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListConsultationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * An offer of either side; its what-if is computed on the frozen data.
     * </pre>
     */
    default void makeOffer(example.quzhong.api.algo_audit.v1.MakeOfferRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.MakeOfferResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeOfferMethod(), responseObserver);
    }

    /**
     * <pre>
     * The other side accepts the latest offer: agreed, and declared from its effective time on.
     * </pre>
     */
    default void acceptOffer(example.quzhong.api.algo_audit.v1.AcceptOfferRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.AcceptOfferResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcceptOfferMethod(), responseObserver);
    }

    /**
     * <pre>
     * Either side ends it without agreement, and says why.
     * </pre>
     */
    default void failConsultation(example.quzhong.api.algo_audit.v1.FailConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FailConsultationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getFailConsultationMethod(), responseObserver);
    }

    /**
     * <pre>
     * The pack of GetConsultation as a document.
     * </pre>
     */
    default void renderPack(example.quzhong.api.algo_audit.v1.RenderPackRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RenderPackResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenderPackMethod(), responseObserver);
    }

    /**
     * <pre>
     * When each platform consulted last and must again: at least yearly.
     * </pre>
     */
    default void listDuties(example.quzhong.api.algo_audit.v1.ListDutiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListDutiesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDutiesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ConsultationService.
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public static abstract class ConsultationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ConsultationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ConsultationService.
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public static final class ConsultationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ConsultationServiceStub> {
    private ConsultationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ConsultationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ConsultationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Either side opens; the pack is frozen with it. Its period is one of the calendar (AlgoAuditService), the last if none
     * is asked for. The metric may be one that the platform declared nothing for: what is agreed on is the first threshold.
     * </pre>
     */
    public void openConsultation(example.quzhong.api.algo_audit.v1.OpenConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.OpenConsultationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getOpenConsultationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void getConsultation(example.quzhong.api.algo_audit.v1.GetConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetConsultationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetConsultationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listConsultations(example.quzhong.api.algo_audit.v1.ListConsultationsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListConsultationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListConsultationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * An offer of either side; its what-if is computed on the frozen data.
     * </pre>
     */
    public void makeOffer(example.quzhong.api.algo_audit.v1.MakeOfferRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.MakeOfferResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeOfferMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The other side accepts the latest offer: agreed, and declared from its effective time on.
     * </pre>
     */
    public void acceptOffer(example.quzhong.api.algo_audit.v1.AcceptOfferRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.AcceptOfferResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcceptOfferMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Either side ends it without agreement, and says why.
     * </pre>
     */
    public void failConsultation(example.quzhong.api.algo_audit.v1.FailConsultationRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FailConsultationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getFailConsultationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The pack of GetConsultation as a document.
     * </pre>
     */
    public void renderPack(example.quzhong.api.algo_audit.v1.RenderPackRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RenderPackResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenderPackMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * When each platform consulted last and must again: at least yearly.
     * </pre>
     */
    public void listDuties(example.quzhong.api.algo_audit.v1.ListDutiesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListDutiesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDutiesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ConsultationService.
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public static final class ConsultationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ConsultationServiceBlockingV2Stub> {
    private ConsultationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ConsultationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ConsultationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Either side opens; the pack is frozen with it. Its period is one of the calendar (AlgoAuditService), the last if none
     * is asked for. The metric may be one that the platform declared nothing for: what is agreed on is the first threshold.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.OpenConsultationResponse openConsultation(example.quzhong.api.algo_audit.v1.OpenConsultationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getOpenConsultationMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.GetConsultationResponse getConsultation(example.quzhong.api.algo_audit.v1.GetConsultationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetConsultationMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListConsultationsResponse listConsultations(example.quzhong.api.algo_audit.v1.ListConsultationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListConsultationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An offer of either side; its what-if is computed on the frozen data.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.MakeOfferResponse makeOffer(example.quzhong.api.algo_audit.v1.MakeOfferRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeOfferMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The other side accepts the latest offer: agreed, and declared from its effective time on.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.AcceptOfferResponse acceptOffer(example.quzhong.api.algo_audit.v1.AcceptOfferRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcceptOfferMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Either side ends it without agreement, and says why.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.FailConsultationResponse failConsultation(example.quzhong.api.algo_audit.v1.FailConsultationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getFailConsultationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The pack of GetConsultation as a document.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.RenderPackResponse renderPack(example.quzhong.api.algo_audit.v1.RenderPackRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenderPackMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * When each platform consulted last and must again: at least yearly.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListDutiesResponse listDuties(example.quzhong.api.algo_audit.v1.ListDutiesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDutiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ConsultationService.
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public static final class ConsultationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ConsultationServiceBlockingStub> {
    private ConsultationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ConsultationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ConsultationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Either side opens; the pack is frozen with it. Its period is one of the calendar (AlgoAuditService), the last if none
     * is asked for. The metric may be one that the platform declared nothing for: what is agreed on is the first threshold.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.OpenConsultationResponse openConsultation(example.quzhong.api.algo_audit.v1.OpenConsultationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getOpenConsultationMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.GetConsultationResponse getConsultation(example.quzhong.api.algo_audit.v1.GetConsultationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetConsultationMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListConsultationsResponse listConsultations(example.quzhong.api.algo_audit.v1.ListConsultationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListConsultationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An offer of either side; its what-if is computed on the frozen data.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.MakeOfferResponse makeOffer(example.quzhong.api.algo_audit.v1.MakeOfferRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeOfferMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The other side accepts the latest offer: agreed, and declared from its effective time on.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.AcceptOfferResponse acceptOffer(example.quzhong.api.algo_audit.v1.AcceptOfferRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcceptOfferMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Either side ends it without agreement, and says why.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.FailConsultationResponse failConsultation(example.quzhong.api.algo_audit.v1.FailConsultationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFailConsultationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The pack of GetConsultation as a document.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.RenderPackResponse renderPack(example.quzhong.api.algo_audit.v1.RenderPackRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenderPackMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * When each platform consulted last and must again: at least yearly.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListDutiesResponse listDuties(example.quzhong.api.algo_audit.v1.ListDutiesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDutiesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ConsultationService.
   * <pre>
   * Consultation between a union and a platform (唐人社字〔2022〕1号 二.8): opened on a pack of figures that no longer change,
   * argued by offers, ended by an agreement that becomes the declared threshold, or by failure.
   * </pre>
   */
  public static final class ConsultationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ConsultationServiceFutureStub> {
    private ConsultationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ConsultationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ConsultationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Either side opens; the pack is frozen with it. Its period is one of the calendar (AlgoAuditService), the last if none
     * is asked for. The metric may be one that the platform declared nothing for: what is agreed on is the first threshold.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.OpenConsultationResponse> openConsultation(
        example.quzhong.api.algo_audit.v1.OpenConsultationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getOpenConsultationMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.GetConsultationResponse> getConsultation(
        example.quzhong.api.algo_audit.v1.GetConsultationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetConsultationMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListConsultationsResponse> listConsultations(
        example.quzhong.api.algo_audit.v1.ListConsultationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListConsultationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * An offer of either side; its what-if is computed on the frozen data.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.MakeOfferResponse> makeOffer(
        example.quzhong.api.algo_audit.v1.MakeOfferRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeOfferMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The other side accepts the latest offer: agreed, and declared from its effective time on.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.AcceptOfferResponse> acceptOffer(
        example.quzhong.api.algo_audit.v1.AcceptOfferRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcceptOfferMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Either side ends it without agreement, and says why.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.FailConsultationResponse> failConsultation(
        example.quzhong.api.algo_audit.v1.FailConsultationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getFailConsultationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The pack of GetConsultation as a document.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.RenderPackResponse> renderPack(
        example.quzhong.api.algo_audit.v1.RenderPackRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenderPackMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * When each platform consulted last and must again: at least yearly.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListDutiesResponse> listDuties(
        example.quzhong.api.algo_audit.v1.ListDutiesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDutiesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_OPEN_CONSULTATION = 0;
  private static final int METHODID_GET_CONSULTATION = 1;
  private static final int METHODID_LIST_CONSULTATIONS = 2;
  private static final int METHODID_MAKE_OFFER = 3;
  private static final int METHODID_ACCEPT_OFFER = 4;
  private static final int METHODID_FAIL_CONSULTATION = 5;
  private static final int METHODID_RENDER_PACK = 6;
  private static final int METHODID_LIST_DUTIES = 7;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_OPEN_CONSULTATION:
          serviceImpl.openConsultation((example.quzhong.api.algo_audit.v1.OpenConsultationRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.OpenConsultationResponse>) responseObserver);
          break;
        case METHODID_GET_CONSULTATION:
          serviceImpl.getConsultation((example.quzhong.api.algo_audit.v1.GetConsultationRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetConsultationResponse>) responseObserver);
          break;
        case METHODID_LIST_CONSULTATIONS:
          serviceImpl.listConsultations((example.quzhong.api.algo_audit.v1.ListConsultationsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListConsultationsResponse>) responseObserver);
          break;
        case METHODID_MAKE_OFFER:
          serviceImpl.makeOffer((example.quzhong.api.algo_audit.v1.MakeOfferRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.MakeOfferResponse>) responseObserver);
          break;
        case METHODID_ACCEPT_OFFER:
          serviceImpl.acceptOffer((example.quzhong.api.algo_audit.v1.AcceptOfferRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.AcceptOfferResponse>) responseObserver);
          break;
        case METHODID_FAIL_CONSULTATION:
          serviceImpl.failConsultation((example.quzhong.api.algo_audit.v1.FailConsultationRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FailConsultationResponse>) responseObserver);
          break;
        case METHODID_RENDER_PACK:
          serviceImpl.renderPack((example.quzhong.api.algo_audit.v1.RenderPackRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RenderPackResponse>) responseObserver);
          break;
        case METHODID_LIST_DUTIES:
          serviceImpl.listDuties((example.quzhong.api.algo_audit.v1.ListDutiesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListDutiesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getOpenConsultationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.OpenConsultationRequest,
              example.quzhong.api.algo_audit.v1.OpenConsultationResponse>(
                service, METHODID_OPEN_CONSULTATION)))
        .addMethod(
          getGetConsultationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.GetConsultationRequest,
              example.quzhong.api.algo_audit.v1.GetConsultationResponse>(
                service, METHODID_GET_CONSULTATION)))
        .addMethod(
          getListConsultationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListConsultationsRequest,
              example.quzhong.api.algo_audit.v1.ListConsultationsResponse>(
                service, METHODID_LIST_CONSULTATIONS)))
        .addMethod(
          getMakeOfferMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.MakeOfferRequest,
              example.quzhong.api.algo_audit.v1.MakeOfferResponse>(
                service, METHODID_MAKE_OFFER)))
        .addMethod(
          getAcceptOfferMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.AcceptOfferRequest,
              example.quzhong.api.algo_audit.v1.AcceptOfferResponse>(
                service, METHODID_ACCEPT_OFFER)))
        .addMethod(
          getFailConsultationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.FailConsultationRequest,
              example.quzhong.api.algo_audit.v1.FailConsultationResponse>(
                service, METHODID_FAIL_CONSULTATION)))
        .addMethod(
          getRenderPackMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.RenderPackRequest,
              example.quzhong.api.algo_audit.v1.RenderPackResponse>(
                service, METHODID_RENDER_PACK)))
        .addMethod(
          getListDutiesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListDutiesRequest,
              example.quzhong.api.algo_audit.v1.ListDutiesResponse>(
                service, METHODID_LIST_DUTIES)))
        .build();
  }

  private static abstract class ConsultationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ConsultationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.algo_audit.v1.ConsultationProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ConsultationService");
    }
  }

  private static final class ConsultationServiceFileDescriptorSupplier
      extends ConsultationServiceBaseDescriptorSupplier {
    ConsultationServiceFileDescriptorSupplier() {}
  }

  private static final class ConsultationServiceMethodDescriptorSupplier
      extends ConsultationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ConsultationServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (ConsultationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ConsultationServiceFileDescriptorSupplier())
              .addMethod(getOpenConsultationMethod())
              .addMethod(getGetConsultationMethod())
              .addMethod(getListConsultationsMethod())
              .addMethod(getMakeOfferMethod())
              .addMethod(getAcceptOfferMethod())
              .addMethod(getFailConsultationMethod())
              .addMethod(getRenderPackMethod())
              .addMethod(getListDutiesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
